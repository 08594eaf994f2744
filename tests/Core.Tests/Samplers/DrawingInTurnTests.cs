using Optuna.Distributions;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Samplers;

/// <summary>What the engine promises a sampler whose draws depend on one another.</summary>
public sealed class DrawingInTurnTests
{
    [Fact]
    public void Trials_side_by_side_never_get_the_same_count()
    {
        var study = Study.Create(sampler: new Counter(int.MaxValue), seed: 1);
        study.Optimize(t => t.SuggestInt("n", 0, 1000), nTrials: 200, nJobs: 8);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => (double)i), study.Trials.Select(t => t.Value!.Value).Order());
        Assert.All(study.Trials, t => Assert.Equal($"{t.Value}", t.SystemAttrs.Single(a => a.Key == "count").Value));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void A_sampler_that_has_tried_everything_ends_the_optimisation(int jobs)
    {
        var study = Study.Create(sampler: new Counter(20), seed: 1);
        study.Optimize(t => t.SuggestInt("n", 0, 1000), nTrials: 500, nJobs: jobs);

        // The last value may be on its way while others have asked already.
        var made = study.Trials.Length;
        Assert.InRange(made, 20, 20 + jobs - 1);
        Assert.Equal(Enumerable.Range(0, made), study.Trials.Select(t => (int)t.Value!.Value).Order());
        study.Optimize(t => t.SuggestInt("n", 0, 1000), nTrials: 5);
        Assert.Equal(made, study.Trials.Length);
    }

    [Fact]
    public void Whoever_asks_for_a_trial_on_his_own_still_gets_one()
    {
        var study = Study.Create(sampler: new Counter(1), seed: 1);
        study.Optimize(t => t.SuggestInt("n", 0, 1000));
        Assert.Equal(1, study.Ask().SuggestInt("n", 0, 1000));
    }

    [Fact]
    public void A_queued_trial_is_run_although_everything_was_tried()
    {
        var study = Study.Create(sampler: new Counter(1), seed: 1);
        study.Optimize(t => t.SuggestInt("n", 0, 1000));
        study.EnqueueTrial(new Dictionary<string, object?> { ["n"] = 77 });
        study.Optimize(t => t.SuggestInt("n", 0, 1000));
        Assert.Equal([0.0, 77], study.Trials.Select(t => t.Value!.Value));
    }

    [Fact]
    public void Under_a_pruner_with_brackets_a_sampler_sees_its_own_bracket()
    {
        var sampler = new Watcher();
        var study = Study.Create(sampler: sampler, pruner: new OddAndEven(), seed: 1);
        study.Optimize(
            t =>
            {
                var x = t.SuggestFloat("x", 0, 1);
                if (t.Number % 3 == 0)
                    t.SuggestFloat("only in the even bracket and some of the odd", 0, 1);
                return t.Number % 7 == 0 ? throw new TrialPrunedException() : x;
            },
            nTrials: 40);
        Assert.Equal(40, sampler.Seen.Count);
        foreach (var (number, finished, best) in sampler.Seen)
        {
            Assert.All(finished, n => Assert.Equal(number % 2, n % 2));
            Assert.Equal(number / 2, finished.Length);
            Assert.Equal(
                study.Trials.Where(t => t.Number < number && t.Number % 2 == number % 2 && t.State == TrialState.Complete)
                    .OrderBy(t => t.Value).Select(t => t.Number),
                best.Where(n => study.Trials[n].State == TrialState.Complete));
        }
    }

    private sealed class Counter(int end) : IExhaustible
    {
        public bool DrawsInTurn(SamplingContext context) => true;

        public bool IsExhausted(StudyView study) => Next(study.SystemAttr("next")) >= end;

        public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
        {
            var next = Next(context.StudyAttr("next"));
            context.SetStudyAttr("next", $"{next + 1}");
            context.SetTrialAttr("count", $"{next}");
            Assert.Equal($"{next}", context.TrialAttr("count"));
            return next;
        }

        private static int Next(string? json) => json is null ? 0 : int.Parse(json);
    }

    private sealed class Watcher : ISampler
    {
        public List<(int Number, int[] Finished, int[] Best)> Seen { get; } = [];

        public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
        {
            if (name == "x")
                Seen.Add((context.Number, context.Study.FinishOrder.ToArray(), [.. context.Study.BestNumbers]));
            return context.Random.Own.NextDouble() * 0.99;
        }
    }

    private sealed class OddAndEven : IBracketPruner
    {
        private readonly BracketDivision _division = new(2, n => n % 2);

        public BracketDivision? Division(string studyName, Func<string, string?> systemAttr) => _division;

        public bool ShouldPrune(PruningContext context) => false;
    }
}
