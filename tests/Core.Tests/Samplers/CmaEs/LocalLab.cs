using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Studies;

namespace Optuna.Tests.Samplers.CmaEs;

/// <summary>A study in this process with its state and every event of it, so that it can be built again from them.</summary>
internal sealed class LocalLab
{
    private LocalLab(StudyState state, ISampler sampler, bool parallel)
    {
        State = state;
        var backend = new LocalStudy(state, sampler, new NopPruner(), TimeProvider.System, Events.Add);
        if (parallel)
            backend.PrepareForParallelTrials();
        Study = new Study(backend, ((StudyReplies.Summary)TrialReader.Answer(state, new StudyQueries.GetSummary())).Study);
    }

    public StudyState State { get; }

    public Study Study { get; }

    public List<IStudyEvent> Events { get; } = [];

    public static LocalLab Start(ISampler sampler, bool parallel = true, ulong seed = 5)
    {
        var state = new StudyState(new StudyId(1));
        var create = new StudyCommands.CreateStudy("s", [StudyDirection.Minimize], new ComponentSpec("random"), new ComponentSpec("nop"), seed, 0);
        var (_, events) = StudyRules.Decide(state, create, DateTimeOffset.UnixEpoch);
        foreach (var e in events)
            state.Apply(e);
        var lab = new LocalLab(state, sampler, parallel);
        lab.Events.InsertRange(0, events);
        return lab;
    }

    /// <summary>Another process' view of the same study: its state from the events alone, and a sampler that remembers nothing.</summary>
    public LocalLab Restarted(ISampler sampler, bool parallel = true)
    {
        var state = new StudyState(new StudyId(1));
        foreach (var e in Events)
            state.Apply(e);
        var lab = new LocalLab(state, sampler, parallel);
        lab.Events.InsertRange(0, Events);
        return lab;
    }

    /// <summary>Takes trials to their end with so many running at a time, which of them ends next being up to <paramref name="pick"/>.</summary>
    /// <returns>The values drawn, by trial.</returns>
    public List<double[]> Run(int trials, int running, Func<Trial, double[]> suggest, Func<double[], double> objective, Func<int, int> pick)
    {
        var live = new List<(Trial Trial, double[] X)>();
        var drawn = new List<double[]>();
        for (var ended = 0; ended < trials; ended++)
        {
            while (live.Count < running && drawn.Count < trials)
            {
                var trial = Study.Ask();
                var x = suggest(trial);
                live.Add((trial, x));
                drawn.Add(x);
            }

            var k = pick(live.Count);
            Study.Tell(live[k].Trial, objective(live[k].X));
            live.RemoveAt(k);
        }

        return drawn;
    }
}
