using Optuna.Visualization;

namespace Optuna.Tests;

public sealed class FigureCatalogTests
{
    private static readonly DateTimeOffset Now = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly PlotStudy One = Studies.Of(30, i => [Studies.Fraction(i * 0.7)]);
    private static readonly PlotStudy Two = Studies.Of(30, i => [Studies.Fraction(i * 0.7), Studies.Fraction(i * 0.3)], objectives: 2);

    public static TheoryData<string> All => [.. FigureCatalog.Names];

    [Fact]
    public void There_are_twelve_names_and_two_of_the_plots_take_several_studies() => Assert.Equal(
        ["optimization_history", "intermediate_values", "parallel_coordinate", "contour", "slice", "rank", "param_importances", "edf", "pareto_front",
         "hypervolume_history", "timeline", "terminator_improvement"], FigureCatalog.Names);

    [Theory]
    [MemberData(nameof(All))]
    public void Every_name_draws_the_study_it_is_for(string kind)
    {
        var study = kind is "pareto_front" or "hypervolume_history" ? Two : One;
        Assert.NotEmpty(FigureCatalog.Draw(kind, study, null, Now).Data);
    }

    [Fact]
    public void An_objective_is_chosen_by_its_number()
    {
        var figure = FigureCatalog.Draw("optimization_history", Two, new FigureOptions { Target = 1 }, Now);
        Assert.Equal(Two.Trials.Select(t => (object?)t.Values[1]), ((Scatter)figure.Data[0]).Y!);
        Assert.Equal("Objective 1", figure.Data[0].Name);
    }

    [Fact]
    public void Options_reach_their_plots()
    {
        Assert.Equal(3, FigureCatalog.Draw("timeline", One, new FigureOptions { NRecentTrials = 3 }, Now).Data.Cast<Bar>().Sum(b => b.X!.Count));
        Assert.Single(FigureCatalog.Draw("slice", One, new FigureOptions { Params = ["y"] }, Now).Data);
        Assert.Equal(2, FigureCatalog.Draw("edf", One, new FigureOptions { Compare = [One] }, Now).Data.Count);
        Assert.NotNull(((Scatter)FigureCatalog.Draw("optimization_history", One, new FigureOptions { Compare = [One], ErrorBar = true }, Now).Data[0]).ErrorY);
        Assert.Equal(2, ((Bar)FigureCatalog.Draw("param_importances", One, new FigureOptions { Evaluator = "mean_decrease_impurity" }, Now).Data[0]).X!.Count);
        Assert.Equal(1.0, ((Scatter)FigureCatalog.Draw("hypervolume_history", Studies.Of(1, _ => [0.0, 0.0], 2), new FigureOptions { ReferencePoint = [1, 1] }, Now).Data[0]).Y![0]);
        Assert.Equal(30.0, ((Scatter)FigureCatalog.Draw("terminator_improvement", One, new FigureOptions { Evaluator = "best_value_stagnation" }, Now).Data[0]).Y![0]);
    }

    [Fact]
    public void What_cannot_be_drawn_is_named()
    {
        Refused("pie", One, null, "'pie'");
        Refused("slice", One, new FigureOptions { Target = 1 }, "'target'");
        Refused("slice", Two, null, "'target'");
        Refused("slice", One, new FigureOptions { Params = ["z"] }, "'z'");
        Refused("timeline", One, new FigureOptions { NRecentTrials = 0 }, "'n_recent_trials'");
        Refused("edf", One, new FigureOptions { Params = ["x"] }, "'params'");
        Refused("param_importances", One, new FigureOptions { Evaluator = "tea_leaves" }, "'tea_leaves'");
        Refused("terminator_improvement", One, new FigureOptions { Evaluator = "tea_leaves" }, "'tea_leaves'");
        Refused("hypervolume_history", Two, new FigureOptions { ReferencePoint = [1] }, "reference point");
        Refused("pareto_front", One, null, "'targets'");
    }

    private static void Refused(string kind, PlotStudy study, FigureOptions? options, string named) =>
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => FigureCatalog.Draw(kind, study, options, Now)).Message, StringComparison.Ordinal);
}
