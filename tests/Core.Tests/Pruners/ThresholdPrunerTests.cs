using Optuna.Pruners;
using Optuna.Studies;
using Optuna.Tests.Studies;
using Xunit;

namespace Optuna.Tests.Pruners;

public sealed class ThresholdPrunerTests : PrunerContract
{
    // Symmetrical, as maximising the opposite values must give the same answers.
    protected override IPruner Create() => new ThresholdPruner(new() { Lower = -1.5, Upper = 1.5 });

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(-1, false)]
    [InlineData(1.0001, true)]
    [InlineData(-1.0001, true)]
    [InlineData(double.NaN, true)]
    [InlineData(double.PositiveInfinity, true)]
    [InlineData(double.NegativeInfinity, true)]
    public void A_value_outside_the_bounds_or_NaN_is_pruned(double value, bool pruned)
    {
        foreach (var direction in new[] { StudyDirection.Minimize, StudyDirection.Maximize })
            Assert.Equal(pruned, Asked(new() { Lower = -1, Upper = 1 }, direction, (0, value)));
    }

    [Fact]
    public void One_bound_leaves_the_other_side_open()
    {
        Assert.False(Asked(new() { Lower = 0 }, StudyDirection.Minimize, (0, double.PositiveInfinity)));
        Assert.True(Asked(new() { Lower = 0 }, StudyDirection.Minimize, (0, -1)));
        Assert.False(Asked(new() { Upper = 0 }, StudyDirection.Minimize, (0, double.NegativeInfinity)));
        Assert.True(Asked(new() { Upper = 0 }, StudyDirection.Minimize, (0, 1)));
    }

    [Fact]
    public void The_value_of_the_last_step_counts_in_whatever_order_they_came()
    {
        Assert.True(Asked(new() { Upper = 1 }, StudyDirection.Minimize, (3, 5), (1, 0)));
        Assert.False(Asked(new() { Upper = 1 }, StudyDirection.Minimize, (1, 5), (3, 0)));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Nothing_is_pruned_before_the_warm_up(long step, bool pruned) =>
        Assert.Equal(pruned, Asked(new() { Upper = 0, WarmupSteps = 5 }, StudyDirection.Minimize, (step, 1)));

    [Fact]
    public void Only_the_first_report_of_an_interval_is_looked_at()
    {
        ThresholdPrunerOptions options = new() { Upper = 0, WarmupSteps = 1, IntervalSteps = 3 };
        // Intervals: 1 to 3, 4 to 6, …
        Assert.True(Asked(options, StudyDirection.Minimize, (0, 1), (2, 1)));
        Assert.False(Asked(options, StudyDirection.Minimize, (1, 1), (3, 1)));
        Assert.True(Asked(options, StudyDirection.Minimize, (3, 1), (4, 1)));
    }

    [Theory]
    [InlineData("lower", "{}")]
    [InlineData("upper", "{}")]
    [InlineData("lower", """{"lower": NaN}""")]
    [InlineData("upper", """{"upper": NaN}""")]
    [InlineData("upper", """{"upper": "high"}""")]
    [InlineData("lower", """{"lower": 2, "upper": 1}""")]
    [InlineData("n_warmup_steps", """{"lower": 2, "n_warmup_steps": -1}""")]
    [InlineData("interval_steps", """{"lower": 2, "interval_steps": 0}""")]
    public void An_option_out_of_range_is_refused_by_name(string name, string options) => Assert.Contains(
        $"'{name}'", Assert.Throws<ArgumentException>(() => PrunerCatalog.Create(new ComponentSpec("threshold", options))).Message);

    [Fact]
    public void The_catalogue_makes_it() => Assert.IsType<ThresholdPruner>(PrunerCatalog.Create(new ComponentSpec("threshold", """{"upper": Infinity, "lower": 1}""")));

    private static bool Asked(ThresholdPrunerOptions options, StudyDirection direction, params (long Step, double Value)[] reports)
    {
        var given = Given.AStudy(direction);
        var number = given.Ask().Number;
        foreach (var (step, value) in reports)
            given.Report(number, step, value);
        return given.Prunes(number, new ThresholdPruner(options));
    }
}
