using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Json;
using Optuna.Numerics;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Tests.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Samplers;

/// <summary>
/// What every sampler keeps that comes to an end: each point of a finite space once, whatever happens to the trials. Beside
/// <see cref="SamplerContract"/>, most of whose spaces have no end, such a sampler cannot run.
/// </summary>
public abstract class ExhaustibleContract
{
    public static TheoryData<uint> Seeds => [1, 2, 3, 4, 5, 6];

    private static readonly Distribution s_x = new IntDistribution(0, 4);
    private static readonly Distribution s_c = new CategoricalDistribution("p", "q", null);
    private static readonly Distribution s_f = new FloatDistribution(0, 1, step: 0.5);

    protected abstract ISampler Create();

    /// <summary>Which parameter the objective asks for when it has these.</summary>
    protected virtual (string Name, Distribution Distribution)? Next(IReadOnlyList<TrialParam> had) => had.Count switch
    {
        0 => ("x", s_x),
        1 => ("c", s_c),
        2 => ("f", s_f),
        _ => null,
    };

    /// <summary>How many points there are.</summary>
    protected virtual int Points => 45;

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Every_point_is_visited_exactly_once_and_then_the_optimisation_ends(int jobs)
    {
        var study = NewStudy(1);
        study.Optimize(Objective, nJobs: jobs);
        AssertAllOnce(study);
        study.Optimize(Objective, nJobs: jobs);
        AssertAllOnce(study);
    }

    [Fact]
    public void A_budget_interrupts_it_and_another_call_goes_on()
    {
        var study = NewStudy(1);
        study.Optimize(Objective, nTrials: 7);
        Assert.Equal(7, study.Trials.Length);
        study.Optimize(Objective);
        AssertAllOnce(study);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Odd_values_change_nothing(double value)
    {
        var study = NewStudy(2);
        study.Optimize(t => Objective(t) * 0 + value);
        AssertAllOnce(study);
    }

    [Fact]
    public void A_failed_or_pruned_trial_has_visited_its_point()
    {
        var study = NewStudy(3);
        study.Optimize(
            (Func<Trial, double>)(t => Objective(t) >= 0 && t.Number % 3 == 0 ? throw new FormatException() : t.Number % 3 == 1 ? throw new TrialPrunedException() : 1),
            @catch: [typeof(FormatException)], nJobs: 3);
        AssertAllOnce(study);
    }

    [Fact]
    public void Several_objectives_are_no_hindrance()
    {
        var study = Study.Create(directions: [StudyDirection.Minimize, StudyDirection.Maximize], sampler: Create(), seed: 1);
        study.Optimize(t => new[] { Objective(t), 1 });
        AssertAllOnce(study);
    }

    [Fact]
    public void The_same_seed_gives_the_same_order()
    {
        string[] Order()
        {
            var study = NewStudy(7);
            study.Optimize(Objective);
            return [.. study.Trials.Select(Point)];
        }

        Assert.Equal(Order(), Order());
    }

    [Fact]
    public void A_pruner_with_brackets_does_not_divide_the_points()
    {
        var study = Study.Create("s", sampler: Create(), pruner: new HyperbandPruner(new() { MaxResource = 9 }), seed: 1);
        study.Optimize(
            t =>
            {
                var value = Objective(t);
                t.Report(value, 1);
                return t.ShouldPrune() ? throw new TrialPrunedException() : value;
            },
            nJobs: 2);
        AssertAllOnce(study);
        Assert.Contains(study.Trials, t => t.State == TrialState.Pruned);
    }

    [Fact]
    public void Whoever_asks_beyond_the_end_gets_a_point_again()
    {
        var study = NewStudy(4);
        study.Optimize(Objective);
        for (var i = 0; i < 5; i++)
        {
            var trial = study.Ask();
            study.Tell(trial, Objective(trial));
        }

        Assert.Equal(Points + 5, study.Trials.Length);
        Assert.Equal(Points, study.Trials.Select(Point).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_the_order_of_asking_losing_and_telling_every_point_is_visited_once(uint seed)
    {
        var random = new RandomState(seed);
        var events = Given.AStudy(retries: int.MaxValue).Events;
        var crew = new Crew(Reopened(events, out _), Next);
        for (var turn = 0; crew.Turn(random); turn++)
        {
            Assert.True(turn < 10_000, "The crew finds no end.");
            // A study read back from its journal goes on as it would have.
            if (random.NextDouble() < 0.05)
                crew.Backend = Reopened(events, out _);
        }

        Reopened(events, out var state);
        var trials = Enumerable.Range(0, state.TrialCount).Select(n => TrialReader.Read(state, n)!).ToArray();
        Assert.Equal(Points, trials.Select(Point).Distinct().Count());
        Assert.Equal(Points, trials.Length);
    }

    protected Study NewStudy(ulong seed) => Study.Create(sampler: Create(), pruner: new NopPruner(), seed: seed);

    protected double Objective(Trial trial)
    {
        var had = new List<TrialParam>();
        while (Next(had) is { } next)
            had.Add(new TrialParam(next.Name, next.Distribution, next.Distribution.ToInternal(trial.Suggest(next.Name, next.Distribution))));
        return had.Sum(p => p.Value);
    }

    protected void AssertAllOnce(Study study)
    {
        Assert.Equal(Points, study.Trials.Select(Point).Distinct().Count());
        Assert.Equal(Points, study.Trials.Length);
        Assert.All(study.Trials.SelectMany(t => t.ParamList), p => Assert.True(p.Distribution.Contains(p.Value)));
    }

    protected static string Point(FrozenTrial trial) => PythonJson.Write(trial.ParamList.Select(p => p.External).ToList());

    private LocalStudy Reopened(List<IStudyEvent> events, out StudyState state)
    {
        state = StudyState.Replay(new StudyId(1), events.ToArray());
        var study = new LocalStudy(state, Create(), new NopPruner(), TimeProvider.System, events.Add);
        study.PrepareForParallelTrials();
        return study;
    }

    /// <summary>Five workers that ask, suggest, tell and get lost in any order.</summary>
    private sealed class Crew(LocalStudy backend, Func<IReadOnlyList<TrialParam>, (string Name, Distribution Distribution)?> next)
    {
        private readonly List<(StudyReplies.TrialAsked Asked, List<TrialParam> Had)> _running = [];

        public LocalStudy Backend { get; set; } = backend;

        /// <summary>One thing happens; false when nothing is left to do.</summary>
        public bool Turn(RandomState random)
        {
            if (_running.Count < 5 && random.NextDouble() < 0.4)
            {
                switch (Send(new StudyCommands.AskTrial(new WorkerId("w"), Guid.NewGuid(), int.MaxValue)))
                {
                    case StudyReplies.TrialAsked asked:
                        _running.Add((asked, []));
                        return true;
                    case StudyReplies.NoTrialLeft left:
                        Assert.Equal(_running.Count, left.Running);
                        return _running.Count > 0;
                }
            }

            if (_running.Count == 0)
                return true;
            var (trial, had) = _running[random.NextIndex(_running.Count)];
            var chance = random.NextDouble();
            if (chance < 0.05)
            {
                _running.RemoveAll(r => r.Asked.Number == trial.Number);
                Send(new StudyCommands.AbandonTrial(trial.Number, trial.Lease, "lost"));
            }
            else if (next(had) is { } parameter)
            {
                var answer = Assert.IsType<StudyReplies.ParamSuggested>(
                    Send(new StudyCommands.SuggestParam(trial.Number, trial.Lease, parameter.Name, parameter.Distribution, [])));
                had.Add(new TrialParam(parameter.Name, parameter.Distribution, answer.Value));
            }
            else
            {
                _running.RemoveAll(r => r.Asked.Number == trial.Number);
                TrialState? state = chance < 0.2 ? TrialState.Fail : chance < 0.4 ? TrialState.Pruned : null;
                ImmutableArray<double> values = state is null ? [1.0] : [];
                Assert.IsType<StudyReplies.TrialTold>(Send(new StudyCommands.TellTrial(trial.Number, trial.Lease, state, values, [])));
            }

            return true;
        }

        private IStudyReply Send(IStudyCommand command)
        {
            var answer = Backend.SendAsync(command);
            Assert.True(answer.IsCompleted);
            return answer.Result;
        }
    }
}
