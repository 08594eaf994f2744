using Optuna.Pruners;
using Optuna.Studies;
using Optuna.Tests.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Pruners;

public sealed class PercentilePrunerTests : PrunerContract
{
    protected override IPruner Create() => new PercentilePruner(25);

    [Theory]
    [InlineData(StudyDirection.Minimize, 25, 2.0, false)]
    [InlineData(StudyDirection.Minimize, 25, 2.001, true)]
    [InlineData(StudyDirection.Minimize, 50, 3.0, false)]
    [InlineData(StudyDirection.Minimize, 50, 3.001, true)]
    [InlineData(StudyDirection.Minimize, 0, 1.0, false)]
    [InlineData(StudyDirection.Minimize, 0, 1.001, true)]
    [InlineData(StudyDirection.Minimize, 100, 5.0, false)]
    [InlineData(StudyDirection.Minimize, 100, 5.001, true)]
    [InlineData(StudyDirection.Minimize, 30, 2.2, false)]
    [InlineData(StudyDirection.Minimize, 30, 2.201, true)]
    [InlineData(StudyDirection.Maximize, 25, 4.0, false)]
    [InlineData(StudyDirection.Maximize, 25, 3.999, true)]
    [InlineData(StudyDirection.Maximize, 100, 1.0, false)]
    [InlineData(StudyDirection.Maximize, 100, 0.999, true)]
    public void A_trial_strictly_worse_than_the_percentile_is_pruned(StudyDirection direction, double percentile, double report, bool pruned)
    {
        var given = Given.AStudy(direction);
        foreach (var v in new[] { 3.0, 1, 5, 2, 4 })
            given.Finished(v, v);
        Assert.Equal(pruned, Asked(given, new PercentilePruner(percentile), (0, report)));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Nothing_is_pruned_before_enough_trials_are_complete(int complete, bool pruned)
    {
        var given = Given.AStudy();
        for (var i = 0; i < complete; i++)
            given.Finished(0, 0);
        given.Ask();
        given.Report(complete, 0, 0);
        given.Tell(complete, TrialState.Pruned);
        Assert.Equal(pruned, Asked(given, new PercentilePruner(50), (0, 1)));
    }

    [Fact]
    public void Without_a_complete_trial_nothing_is_pruned_even_with_no_startup() =>
        Assert.False(Asked(Given.AStudy(), new PercentilePruner(50, new() { StartupTrials = 0 }), (0, double.NaN)));

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Nothing_is_pruned_before_the_warm_up(long step, bool pruned) =>
        Assert.Equal(pruned, Asked(Good(), new PercentilePruner(50, new() { WarmupSteps = 3 }), (step, 1)));

    [Fact]
    public void Only_the_first_report_of_an_interval_is_looked_at()
    {
        var pruner = new PercentilePruner(50, new() { WarmupSteps = 1, IntervalSteps = 3 });
        // Intervals: 1 to 3, 4 to 6, …
        Assert.True(Asked(Good(), pruner, (1, 1)));
        Assert.True(Asked(Good(), pruner, (0, 1), (2, 1)));
        Assert.False(Asked(Good(), pruner, (1, 1), (3, 1)));
        Assert.True(Asked(Good(), pruner, (1, 1), (4, 1)));
        Assert.True(Asked(Good(), pruner, (3, 1), (6, 1)));
        Assert.False(Asked(Good(), pruner, (4, 1), (6, 1)));
        Assert.False(Asked(Good(), pruner, (6, 1), (4, 1)));
    }

    [Fact]
    public void The_best_report_of_the_trial_counts_not_the_last()
    {
        Assert.False(Asked(Good(), new PercentilePruner(50), (0, -1), (1, 9)));
        Assert.True(Asked(Good(), new PercentilePruner(50), (0, 9), (1, 8)));
        Assert.False(Asked(Good(), new PercentilePruner(50), (0, double.NaN), (1, -1)));
    }

    [Fact]
    public void A_trial_that_reported_nothing_but_NaN_is_pruned() =>
        Assert.True(Asked(Good(), new PercentilePruner(50), (0, double.NaN), (1, double.NaN)));

    [Fact]
    public void Only_complete_trials_with_a_report_at_that_very_step_are_compared_with()
    {
        Assert.False(Asked(Good(), new PercentilePruner(50), (99, 1)));
        var given = Good();
        given.Ask();
        given.Report(5, 0, 100);
        given.Tell(5, TrialState.Pruned);
        Assert.True(Asked(given, new PercentilePruner(100), (0, 1)));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void Too_few_trials_at_the_step_prune_nothing(int least, bool pruned) =>
        Assert.Equal(pruned, Asked(Good(), new PercentilePruner(50, new() { MinTrials = least }), (0, 1)));

    [Fact]
    public void NaN_counts_as_a_report_but_not_in_the_percentile()
    {
        var given = Given.AStudy();
        foreach (var v in new[] { double.NaN, 1, 2, 3, double.NaN })
            given.Finished(0, v);
        Assert.False(Asked(given, new PercentilePruner(50, new() { MinTrials = 5 }), (0, 2)));
        Assert.True(Asked(given, new PercentilePruner(50, new() { MinTrials = 5 }), (0, 2.001)));
        var onlyNaN = Given.AStudy();
        for (var i = 0; i < 5; i++)
            onlyNaN.Finished(0, double.NaN);
        Assert.False(Asked(onlyNaN, new PercentilePruner(50), (0, 9)));
    }

    [Fact]
    public void Many_trials_are_ranked_as_few_are()
    {
        var given = Given.AStudy();
        for (var i = 0; i < 3001; i++)
            given.Finished(0, i * 1999 % 3001);
        Assert.False(Asked(given, new PercentilePruner(25), (0, 750)));
        Assert.True(Asked(given, new PercentilePruner(25), (0, 750.001)));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(100.1)]
    [InlineData(double.NaN)]
    public void A_percentile_lies_between_0_and_100(double percentile) =>
        Assert.Contains("'percentile'", Assert.Throws<ArgumentException>(() => new PercentilePruner(percentile)).Message);

    [Theory]
    [InlineData("n_startup_trials", -1, 0, 1, 1)]
    [InlineData("n_warmup_steps", 0, -1, 1, 1)]
    [InlineData("interval_steps", 0, 0, 0, 1)]
    [InlineData("n_min_trials", 0, 0, 1, 0)]
    public void Options_have_a_least_value(string name, int startup, int warmup, int interval, int least)
    {
        var options = new PercentilePrunerOptions { StartupTrials = startup, WarmupSteps = warmup, IntervalSteps = interval, MinTrials = least };
        Assert.Contains($"'{name}'", Assert.Throws<ArgumentException>(() => new PercentilePruner(50, options)).Message);
        Assert.Contains($"'{name}'", Assert.Throws<ArgumentException>(() => PrunerCatalog.Create(new ComponentSpec("median",
            $$"""{"n_startup_trials": {{startup}}, "n_warmup_steps": {{warmup}}, "interval_steps": {{interval}}, "n_min_trials": {{least}}}"""))).Message);
    }

    /// <summary>Five complete trials that reported 0 at the steps 0 to 9.</summary>
    private static Given Good()
    {
        var given = Given.AStudy();
        for (var i = 0; i < 5; i++)
            given.Finished(0, new double[10]);
        return given;
    }

    private static bool Asked(Given given, IPruner pruner, params (long Step, double Value)[] reports)
    {
        var number = given.Ask().Number;
        foreach (var (step, value) in reports)
            given.Report(number, step, value);
        return given.Prunes(number, pruner);
    }
}
