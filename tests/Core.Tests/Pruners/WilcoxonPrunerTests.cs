using Optuna.Pruners;
using Optuna.Studies;
using Optuna.Tests.Studies;
using Xunit;

namespace Optuna.Tests.Pruners;

public sealed class WilcoxonPrunerTests : PrunerContract
{
    private static readonly double[] s_zeros = new double[10];

    protected override IPruner Create() => new WilcoxonPruner(new() { PThreshold = 0.5 });

    // Optuna's own examples.
    [Theory]
    [InlineData(0.2, new[] { false, false, false, true, true, true, true, true })]
    [InlineData(0.15, new[] { false, false, false, false, true, true, true, false })]
    public void A_trial_significantly_worse_than_the_best_is_pruned(double threshold, bool[] pruned)
    {
        double[] values = [-1, 1, 2, 3, 4, 5, -2, -3];
        foreach (var (direction, sign) in new[] { (StudyDirection.Minimize, 1), (StudyDirection.Maximize, -1) })
        {
            var given = Given.AStudy(direction);
            given.Finished(0, s_zeros);
            var number = given.Ask().Number;
            var pruner = new WilcoxonPruner(new() { PThreshold = threshold, StartupSteps = 0 });
            Assert.Equal(pruned, values.Select((v, step) => given.Report(number, step, sign * v, pruner)));
        }
    }

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(0, 2, true)]
    [InlineData(5, 4, false)]
    [InlineData(5, 5, true)]
    public void It_waits_for_enough_steps_in_common(int startup, int reports, bool pruned) => Assert.Equal(pruned,
        Asked(new() { PThreshold = 0.5, StartupSteps = startup }, s_zeros, [.. Enumerable.Range(1, reports).Select(i => (double)i)]));

    [Fact]
    public void The_p_value_must_lie_below_the_threshold()
    {
        // Three worse of three: one chance in eight.
        Assert.False(Asked(new() { PThreshold = 0.125 }, s_zeros, [1, 2, 3]));
        Assert.True(Asked(new() { PThreshold = 0.126 }, s_zeros, [1, 2, 3]));
        Assert.False(Asked(new() { PThreshold = 0 }, s_zeros, [1, 2, 3]));
        Assert.False(Asked(new() { PThreshold = 0.5 }, s_zeros, [-1, -2, -3]));
    }

    [Theory]
    [InlineData(StudyDirection.Minimize)]
    [InlineData(StudyDirection.Maximize)]
    public void A_trial_whose_mean_is_no_worse_than_the_best_trials_goes_on(StudyDirection direction)
    {
        var sign = direction == StudyDirection.Minimize ? 1 : -1;
        var given = Given.AStudy(direction);
        given.Finished(sign * 4, [.. Enumerable.Range(0, 20).Select(i => i < 10 ? 0.0 : sign * 8)]);
        var number = given.Ask().Number;
        var pruner = new WilcoxonPruner(new() { PThreshold = 0.5 });
        var answers = Enumerable.Range(0, 20).Select(i => given.Report(number, i, sign * (i < 10 ? 1 : 9), pruner)).ToArray();
        var mean = Enumerable.Range(1, 20).Select(n => (Math.Min(n, 10) + (9.0 * Math.Max(n - 10, 0))) / n).ToArray();
        Assert.All(Enumerable.Range(0, 20).Where(i => mean[i] <= 4), i => Assert.False(answers[i]));
        Assert.True(answers[^1]);
    }

    [Fact]
    public void Without_a_best_trial_nothing_is_pruned_and_nothing_said()
    {
        var given = Given.AStudy();
        var number = given.Ask().Number;
        given.Report(number, 0, 1);
        Assert.Empty(Warnings.During(() => Assert.False(given.Prunes(number, Create()))));
    }

    [Fact]
    public void A_best_trial_without_reports_prunes_nothing_and_is_warned_of() => Assert.Contains("no reports", Assert.Single(Warned([], [1, 2])));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_prunes_nothing_and_is_warned_of(double value)
    {
        Assert.Contains("Trial 1 is not pruned: it reported", Assert.Single(Warned([0, 0, 0], [1, value, 3])));
        Assert.Contains("the best trial reported", Assert.Single(Warned([0, 0, value], [1, 2])));
    }

    [Fact]
    public void Steps_the_best_trial_has_not_are_left_out_and_warned_of()
    {
        var given = Given.AStudy();
        given.Finished(0, 0, 0);
        var number = given.Ask().Number;
        for (var step = 0; step < 4; step++)
            given.Report(number, step, step < 2 ? 1 : -0.1);
        Assert.Contains("leaves them out", Assert.Single(Warnings.During(() => Assert.True(given.Prunes(number, Create())))));
    }

    [Theory]
    [InlineData("p_threshold", """{"p_threshold": -0.1}""")]
    [InlineData("p_threshold", """{"p_threshold": 1.1}""")]
    [InlineData("p_threshold", """{"p_threshold": NaN}""")]
    [InlineData("n_startup_steps", """{"n_startup_steps": -5}""")]
    public void An_option_out_of_range_is_refused_by_name(string name, string options) => Assert.Contains(
        $"'{name}'", Assert.Throws<ArgumentException>(() => PrunerCatalog.Create(new ComponentSpec("wilcoxon", options))).Message);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"p_threshold": 0}""")]
    [InlineData("""{"p_threshold": 1, "n_startup_steps": 5}""")]
    public void The_catalogue_makes_it(string options) => Assert.IsType<WilcoxonPruner>(PrunerCatalog.Create(new ComponentSpec("wilcoxon", options)));

    private static bool Asked(WilcoxonPrunerOptions options, double[] best, double[] values)
    {
        var given = Given.AStudy();
        given.Finished(0, best);
        var number = given.Ask().Number;
        for (var step = 0; step < values.Length; step++)
            given.Report(number, step, values[step]);
        return given.Prunes(number, new WilcoxonPruner(options));
    }

    private static List<string> Warned(double[] best, double[] values) =>
        Warnings.During(() => Assert.False(Asked(new() { PThreshold = 1 }, best, values)));
}
