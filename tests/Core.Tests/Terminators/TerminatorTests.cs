using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Terminators;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Terminators;

public sealed class TerminatorTests
{
    [Fact]
    public void No_study_is_judged_before_it_has_the_least_trials()
    {
        var study = Constant(19);
        var terminator = new Terminator(new Says(0), new Error(1));
        Assert.False(terminator.ShouldTerminate(study));
        study.Optimize(_ => 0.0, 1);
        Assert.True(terminator.ShouldTerminate(study));
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(1, 1.1, true)]
    [InlineData(1.1, 1, false)]
    public void It_ends_when_the_improvement_is_less_than_the_error(double improvement, double error, bool ends) =>
        Assert.Equal(ends, new Terminator(new Says(improvement), new Error(error), minTrials: 1).ShouldTerminate(Constant(1)));

    [Fact]
    public void Several_objectives_are_refused()
    {
        var study = Study.Create(directions: [StudyDirection.Minimize, StudyDirection.Minimize], sampler: new RandomSampler());
        Assert.Throws<InvalidOperationException>(() => new Terminator().ShouldTerminate(study));
        Assert.Throws<ArgumentException>(() => TerminatorCatalog.Create(new ComponentSpec("emmr"), 2));
    }

    [Fact]
    public void Stagnation_counts_complete_trials_since_the_first_best_one()
    {
        var study = Study.Create(sampler: new RandomSampler());
        double[] values = [3, 1, 1, 2, 5];
        study.Optimize(t => values[t.Number], values.Length);
        study.Tell(study.Ask(), state: TrialState.Fail);
        // Since trial 1 there were three complete ones.
        Assert.Equal(27, Evaluate(new BestValueStagnationEvaluator(), study));
        Assert.Equal(-1, Evaluate(new BestValueStagnationEvaluator(2), study));
        Assert.Equal(0, Evaluate(new BestValueStagnationEvaluator(3), study));
    }

    [Theory]
    [InlineData(StudyDirection.Minimize, 25)]
    [InlineData(StudyDirection.Maximize, 30)]
    public void The_callback_ends_the_optimisation(StudyDirection direction, int mostTrials)
    {
        var study = Study.Create(direction: direction, sampler: new RandomSampler());
        var terminator = new Terminator(new BestValueStagnationEvaluator(4), minTrials: 1);
        // Better and better to trial 7, then never again: trial 12 is the fifth in vain.
        study.Optimize(t => (direction == StudyDirection.Minimize ? -1 : 1) * Math.Min(t.Number, 7.0), mostTrials, callbacks: [StudyCallbacks.Terminator(terminator)]);
        Assert.Equal(13, study.Trials.Length);
    }

    [Fact]
    public void The_error_of_cross_validation_is_that_of_the_best_trials_scores()
    {
        var study = Study.Create(sampler: new RandomSampler());
        study.Optimize(t =>
        {
            t.ReportCrossValidationScores(t.Number == 1 ? [1, 2, 3, 6] : [9, 9]);
            return t.Number == 1 ? 0 : 1;
        }, 3);
        // Variance 3.5, of 4 scores.
        Assert.Equal(Math.Sqrt((0.25 + (1.0 / 3)) * 3.5), new CrossValidationErrorEvaluator().Evaluate(study.Look()), 12);
        Assert.Equal("[1.0, 2.0, 3.0, 6.0]", study.Trials[1].SystemAttrs.Single(a => a.Key == "terminator:cv_scores").Value);
    }

    [Fact]
    public void Scores_that_were_never_reported_are_asked_for()
    {
        Assert.Contains("ReportCrossValidationScores", Assert.Throws<InvalidOperationException>(
            () => new CrossValidationErrorEvaluator().Evaluate(Constant(1).Look())).Message);
        Assert.Contains("'scores'", Assert.Throws<ArgumentException>(() => Study.Create().Ask().ReportCrossValidationScores([1])).Message);
    }

    [Fact]
    public void The_median_error_is_a_share_of_what_the_first_trials_promised()
    {
        var study = Constant(9);
        var median = new MedianErrorEvaluator(new Counts(), warmUpTrials: 4, initialTrials: 5, thresholdRatio: 0.5);
        Assert.Equal(3 * 0.5, median.Evaluate(study.Look()));
        study.Optimize(_ => 0.0, 5);
        Assert.Equal(3 * 0.5, median.Evaluate(study.Look()));
        Assert.True(new MedianErrorEvaluator(new Counts(), 10, 5).Evaluate(study.Look()) < 0);
    }

    [Fact]
    public async Task A_study_read_from_elsewhere_is_judged_as_at_home()
    {
        var study = Study.Create(sampler: new RandomSampler(), seed: 3);
        study.Optimize(t => Math.Pow(t.SuggestFloat("x", -1, 1), 2) + (t.SuggestCategorical("k", 0, 1) * 0.1), 25);
        var read = DetachedState.Of(await study.GetSummaryAsync(), study.Trials).View;
        foreach (var evaluator in new IImprovementEvaluator[] { new RegretBoundEvaluator(), new EmmrEvaluator(), new BestValueStagnationEvaluator() })
            Assert.Equal(Evaluate(evaluator, study), evaluator.Evaluate(read));
    }

    [Theory]
    [InlineData("best_value_stagnation", """{"max_stagnation_trials": 3, "min_n_trials": 5}""")]
    [InlineData("regret_bound", """{"error": 0.01, "top_trials_ratio": 0.3}""")]
    [InlineData("regret_bound", """{"error": "cross_validation"}""")]
    [InlineData("emmr", """{"error": {"name": "median", "options": {"warm_up_trials": 5, "n_initial_trials": 10}}}""")]
    public void Rules_are_named_with_their_options(string name, string options) =>
        Assert.NotNull(TerminatorCatalog.Create(new ComponentSpec(name, options)));

    [Theory]
    [InlineData("best", "{}", "'best'")]
    [InlineData("best_value_stagnation", """{"max_stagnation_trials": -1}""", "'max_stagnation_trials'")]
    [InlineData("best_value_stagnation", """{"patience": 1}""", "'patience'")]
    [InlineData("regret_bound", """{"min_n_trials": 0}""", "'min_n_trials'")]
    [InlineData("regret_bound", """{"top_trials_ratio": 0}""", "'top_trials_ratio'")]
    [InlineData("emmr", """{"error": "none"}""", "'none'")]
    [InlineData("emmr", """{"error": {"name": "median", "options": {"threshold_ratio": 0}}}""", "'threshold_ratio'")]
    public void What_is_wrong_with_a_rule_is_named(string name, string options, string said) =>
        Assert.Contains(said, Assert.Throws<ArgumentException>(() => TerminatorCatalog.Create(new ComponentSpec(name, options))).Message);

    private static double Evaluate(IImprovementEvaluator evaluator, Study study) => evaluator.Evaluate(study.Look());

    private static Study Constant(int trials)
    {
        var study = Study.Create(sampler: new RandomSampler());
        study.Optimize(_ => 0.0, trials);
        return study;
    }

    private sealed class Says(double improvement) : IImprovementEvaluator
    {
        public double Evaluate(StudyView study) => improvement;
    }

    private sealed class Error(double error) : IErrorEvaluator
    {
        public double Evaluate(StudyView study) => error;
    }

    private sealed class Counts : IImprovementEvaluator
    {
        public double Evaluate(StudyView study) => study.CompleteCount;
    }
}
