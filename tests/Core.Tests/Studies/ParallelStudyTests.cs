using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Studies;

/// <summary>Many threads at one study in this process.</summary>
public sealed class ParallelStudyTests
{
    [Fact]
    public void The_events_of_a_parallel_optimisation_rebuild_the_study()
    {
        var events = new List<IStudyEvent>();
        var study = Study.Create(null, null, null, new RandomSampler(), new MedianPruner(), 3, null, events.Add);
        study.Optimize(Objective, nTrials: 200, nJobs: 8, @catch: [typeof(FormatException)], callbacks: [(s, t) => Assert.True(t.State.IsFinished())]);

        var replayed = StudyState.Replay(study.Id, events);
        Assert.Equal(study.Trials.Select(StateText.Of), Enumerable.Range(0, replayed.TrialCount).Select(n => StateText.Of(TrialReader.Read(replayed, n)!)));
        Assert.Equal(study.BestTrial.Number, replayed.BestFeasible);
        Assert.Equal(Enumerable.Range(0, 200), study.Trials.Select(t => t.Number));
        Assert.Equal(new TrialCounts(0, 0, replayed.Counts.Complete, replayed.Counts.Pruned, 10), replayed.Counts);
    }

    [Fact]
    public void What_a_parallel_trial_draws_depends_on_the_seed_and_its_number_alone()
    {
        string[] Run(int jobs)
        {
            var study = Study.Create(sampler: new RandomSampler(), pruner: new NopPruner(), seed: 11);
            study.Optimize(t => t.SuggestFloat("x", 0, 1) + t.SuggestInt("n", 0, 99), nTrials: 100, nJobs: jobs);
            return [.. study.Trials.Select(t => string.Join(",", t.ParamList))];
        }

        Assert.Equal(Run(8), Run(3));
    }

    [Fact]
    public void Threads_that_ask_and_tell_at_once_get_distinct_trials()
    {
        var study = Study.Create(sampler: new RandomSampler(), pruner: new NopPruner(), seed: 1);
        var numbers = new System.Collections.Concurrent.ConcurrentBag<int>();
        for (var i = 0; i < 50; i++)
            study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = i / 100.0 });
        Run(8, () =>
        {
            for (var i = 0; i < 25; i++)
            {
                var trial = study.Ask();
                numbers.Add(trial.Number);
                study.Tell(trial, trial.SuggestFloat("x", 0, 1));
                study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = 0.5 });
                _ = study.BestValue;
            }
        });
        Assert.Equal(Enumerable.Range(0, 200), numbers.Order());
        Assert.Equal(Enumerable.Range(0, 50).Select(i => i / 100.0), study.Trials.Take(50).Select(t => t.Value!.Value));
        Assert.Equal(50, study.GetTrials(TrialState.Waiting).Length);
    }

    [Fact]
    public void Threads_that_tell_one_trial_at_once_tell_it_once()
    {
        var study = Study.Create(sampler: new RandomSampler(), pruner: new NopPruner(), seed: 1);
        for (var round = 0; round < 50; round++)
        {
            var trial = study.Ask();
            var told = 0;
            Run(4, () =>
            {
                try
                {
                    study.Tell(trial.Number, [1.0]);
                    Interlocked.Increment(ref told);
                }
                catch (TrialFinishedException)
                {
                }
            });
            Assert.Equal(1, told);
        }
    }

    [Fact]
    public void A_samplers_view_stands_still_while_other_threads_tell()
    {
        var study = Study.Create(sampler: new LookingSampler(), pruner: new NopPruner(), seed: 1);
        study.Optimize(t => t.SuggestFloat("x", 0, 1) + t.SuggestFloat("y", 0, 1), nTrials: 300, nJobs: 8);
        Assert.Equal(300, study.GetTrials(TrialState.Complete).Length);
    }

    private static double Objective(Trial trial)
    {
        var x = trial.SuggestFloat("x", -5, 5);
        if (trial.Number % 20 == 0)
            throw new FormatException();
        var y = trial.SuggestCategorical("c", "p", "q") == "p" ? trial.SuggestInt("a", 1, 9) : trial.SuggestFloat("b", 0.1, 1, log: true);
        trial.SetUserAttr("k", trial.Number);
        for (var step = 0; step < 5; step++)
        {
            trial.Report(x * x + y + 5 - step, step);
            if (trial.ShouldPrune())
                throw new TrialPrunedException();
        }

        return x * x + y;
    }

    private static void Run(int threads, ThreadStart work)
    {
        var failures = new System.Collections.Concurrent.ConcurrentBag<Exception>();
        var all = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            try
            {
                work();
            }
            catch (Exception e)
            {
                failures.Add(e);
            }
        })).ToArray();
        Array.ForEach(all, t => t.Start());
        Array.ForEach(all, t => t.Join());
        Assert.Empty(failures);
    }

    /// <summary>Reads everything of its view twice, with other threads' work in between, and fails the trial if it moved.</summary>
    private sealed class LookingSampler : ISampler
    {
        public double SampleIndependent(SamplingContext context, string name, Optuna.Distributions.Distribution distribution)
        {
            var before = StateText.Of(context.Study);
            Thread.Yield();
            if (before != StateText.Of(context.Study))
                throw new InvalidOperationException("The view changed.");
            return context.Random.Own.NextDouble();
        }
    }
}
