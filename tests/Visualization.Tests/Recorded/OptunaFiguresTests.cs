using System.Text.Json;
using Optuna.Studies;
using Optuna.Terminators;
using Optuna.Visualization;

namespace Optuna.Tests;

/// <summary>Every figure of every kind of study beside the one that Optuna drew of it.</summary>
public sealed class OptunaFiguresTests
{
    // When running bars end, Optuna looks at the clock.
    private static readonly DateTimeOffset LongAfter = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<PlotStudy> Other = new(() => RecordedStudy.Read("other").Study);

    private static readonly Dictionary<string, Func<PlotStudy, Figure>> Plots = new()
    {
        ["optimization_history"] = s => Plot.OptimizationHistory(s),
        ["optimization_history of objective 1"] = s => Plot.OptimizationHistory(s, t => t.Values[^1], "last"),
        ["optimization_history beside other"] = s => Plot.OptimizationHistory([s, Other.Value]),
        ["optimization_history with error bars"] = s => Plot.OptimizationHistory([s, Other.Value], errorBar: true),
        ["intermediate_values"] = Plot.IntermediateValues,
        ["parallel_coordinate"] = s => Plot.ParallelCoordinate(s),
        ["contour"] = s => Plot.Contour(s),
        ["contour of objective 1"] = s => Plot.Contour(s, target: t => t.Values[^1], targetName: "last"),
        ["slice"] = s => Plot.Slice(s),
        ["slice of x"] = s => Plot.Slice(s, ["x"]),
        ["rank"] = s => Plot.Rank(s),
        ["rank of objective 1"] = s => Plot.Rank(s, target: t => t.Values[^1], targetName: "last"),
        ["param_importances"] = s => Plot.ParamImportances(s),
        ["edf"] = s => Plot.Edf(s),
        ["edf beside other"] = s => Plot.Edf([s, Other.Value]),
        ["pareto_front"] = s => Plot.ParetoFront(s),
        ["pareto_front without dominated"] = s => Plot.ParetoFront(s, ["f", "g"], includeDominated: false),
        ["hypervolume_history"] = s => Plot.HypervolumeHistory(s, [.. s.Directions.Select(d => d == StudyDirection.Minimize ? 2.0 : -1.0)]),
        ["timeline"] = s => Plot.Timeline(s, LongAfter),
        ["timeline of 3"] = s => Plot.Timeline(s, LongAfter, 3),
        ["terminator_improvement"] = s => Plot.TerminatorImprovement(s, plotError: true, new BestValueStagnationEvaluator(), minTrials: 5),
    };

    public static TheoryData<string, string> All => [.. RecordedStudy.Names.SelectMany(s => Plots.Keys.Select(p => (s, p)))];

    [Theory]
    [MemberData(nameof(All))]
    public void A_figure_shows_what_Optunas_shows(string study, string plot)
    {
        var recorded = RecordedStudy.Read(study);
        var optuna = recorded.Figures.GetProperty(plot);
        if (optuna.TryGetProperty("error", out var error))
        {
            Assert.Equal("ValueError", error.GetString());
            Assert.Throws<ArgumentException>(() => Plots[plot](recorded.Study));
            return;
        }

        FigureComparison.Same(optuna, JsonDocument.Parse(Plots[plot](recorded.Study).ToJson()).RootElement);
    }

    [Fact]
    public void Every_recorded_figure_is_compared() => Assert.All(
        RecordedStudy.Names, s => Assert.Equal(Plots.Keys.Order(), RecordedStudy.Read(s).Figures.EnumerateObject().Select(f => f.Name).Order()));

    [Fact]
    public void There_is_a_study_of_every_kind() => Assert.Equal(
        ["categorical", "conditional", "constrained", "empty", "log", "nonfinite", "objectives2", "objectives2constrained", "objectives2empty",
         "objectives2nonfinite", "objectives3", "one", "other", "states"], RecordedStudy.Names);
}
