using Optuna.Visualization;

namespace Optuna.Tests;

public sealed class DownsamplingTests
{
    private const int Many = 100_000;
    private static readonly DateTimeOffset Now = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // One best and one worst trial, both in the midst of others.
    private static readonly Lazy<PlotStudy> Long = new(() => Studies.Of(Many, i => [i == 41_234 ? -7 : i == 87_654 ? 9 : Studies.Fraction(i * 0.1234567)]));
    private static readonly Lazy<PlotStudy> LongWithTwo = new(() => Studies.Of(Many, i => [i == 41_234 ? -7 : Studies.Fraction(i * 0.123), i == 41_234 ? 9 : Studies.Fraction(i * 0.377)], objectives: 2));

    [Fact]
    public void What_is_few_is_left_alone() => Assert.Equal(Enumerable.Range(0, 5000), Downsampling.Keep(5000, 5000, i => i));

    [Fact]
    public void The_first_the_last_and_the_extremes_stay()
    {
        double[] values = [.. Enumerable.Range(0, 20_000).Select(i => i == 7_777 ? 50 : i == 11_111 ? -50 : Math.Sin(i))];
        var kept = Downsampling.Keep(values.Length, 500, i => values[i]);
        Assert.True(kept.Length <= 500);
        Assert.Superset(new HashSet<int> { 0, 7_777, 11_111, values.Length - 1 }, kept.ToHashSet());
        Assert.Equal(kept.Order().Distinct(), kept);
    }

    [Fact]
    public void Of_every_stretch_the_lowest_and_the_highest_stay()
    {
        double[] values = [.. Enumerable.Range(0, 10_000).Select(i => Studies.Fraction(i * 0.618))];
        var kept = Downsampling.Keep(values.Length, 1000, i => values[i]);
        // Ends and extremes of all take up to four places; the others are two per stretch.
        var stretches = (1000 - new HashSet<int> { 0, values.Length - 1, Array.IndexOf(values, values.Min()), Array.IndexOf(values, values.Max()) }.Count) / 2;
        for (var s = 0; s < stretches; s++)
        {
            var stretch = Enumerable.Range(s * values.Length / stretches, ((s + 1) * values.Length / stretches) - (s * values.Length / stretches)).ToList();
            Assert.Contains(stretch.MinBy(i => values[i]), kept);
            Assert.Contains(stretch.MaxBy(i => values[i]), kept);
        }
    }

    [Fact]
    public void What_is_not_finite_is_no_extreme()
    {
        var kept = Downsampling.Keep(10_000, 100, i => i == 5000 ? 3 : i % 2 == 0 ? double.NaN : double.PositiveInfinity);
        Assert.Contains(5000, kept);
        Assert.Equal([0, 5000, 9999], kept);
    }

    public static TheoryData<string> OfOneObjective => [.. FigureCatalog.Names.Except(["pareto_front", "hypervolume_history", "terminator_improvement", "param_importances", "edf"])];

    [Theory]
    [MemberData(nameof(OfOneObjective))]
    public void A_figure_of_100_000_trials_is_small_and_says_what_it_leaves_out(string kind)
    {
        var figure = FigureCatalog.Draw(kind, Long.Value, null, Now);
        Assert.Contains(figure.Layout.Annotations ?? [], a => a.Text.Contains("drawn", StringComparison.Ordinal));
        Assert.InRange(figure.ToJson().Length, 1, 10_000_000);
    }

    [Fact]
    public void The_best_and_the_worst_trial_of_a_long_study_are_drawn()
    {
        var figure = Plot.OptimizationHistory(Long.Value);
        var (points, best) = ((Scatter)figure.Data[0], (Scatter)figure.Data[1]);
        Assert.InRange(points.X!.Count, 4000, 5000);
        Assert.Superset(new HashSet<object?> { 0.0, 41_234.0, 87_654.0, Many - 1.0 }, points.X.ToHashSet());
        Assert.Equal(-7.0, best.Y![best.Y.Count - 1]);
        Assert.Equal($"{points.X.Count:N0} of 100,000 trials are drawn; the extremes are among them", figure.Layout.Annotations![0].Text);
    }

    [Theory]
    [InlineData("pareto_front")]
    [InlineData("hypervolume_history")]
    public void Figures_of_several_objectives_are_thinned_too(string kind)
    {
        var figure = FigureCatalog.Draw(kind, LongWithTwo.Value, null, Now);
        Assert.Contains("of 100,000 trials are drawn", figure.Layout.Annotations![0].Text, StringComparison.Ordinal);
        Assert.True(figure.Data.Cast<Scatter>().Sum(t => t.X!.Count) <= 10_000);
    }

    [Fact]
    public void A_short_study_is_drawn_in_full_and_without_a_remark()
    {
        var figure = Plot.OptimizationHistory(Studies.Of(5000, i => [i]));
        Assert.Equal(5000, ((Scatter)figure.Data[0]).X!.Count);
        Assert.Null(figure.Layout.Annotations);
    }

    [Fact]
    public void Improvement_is_told_at_200_trials_at_most()
    {
        var figure = Plot.TerminatorImprovement(Studies.Of(3000, i => [-i]), improvement: new Terminators.BestValueStagnationEvaluator());
        var numbers = figure.Data.Cast<Scatter>().SelectMany(t => t.X ?? PlotValues.Empty).Distinct().ToList();
        Assert.InRange(numbers.Count, 150, 201);
        Assert.Contains(0.0, numbers);
        Assert.Contains(2999.0, numbers);
        Assert.NotNull(figure.Layout.Annotations);
    }
}
