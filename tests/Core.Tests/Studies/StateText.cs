using System.Globalization;
using System.Text;
using Optuna.SearchSpaces;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Tests.Studies;

/// <summary>Everything that can be seen of a study, as text: two states are the same when their texts are.</summary>
internal static class StateText
{
    public static string Of(StudyState state)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{state.Name} {string.Join(",", state.Directions)} v{state.Version} {state.Counts} best {state.Best} feasible {state.BestFeasible} start {state.FirstStart:O}");
        text.AppendLine(Attrs(state.UserAttrs.Freeze())).AppendLine(Attrs(state.SystemAttrs.Freeze()));
        for (var n = 0; n < state.TrialCount; n++)
            text.AppendLine(Of(TrialReader.Read(state, n)!));
        foreach (var lease in RunningLease.Of(state))
            text.AppendLine(lease.ToString());
        return text.Append(Of(state.View)).ToString();
    }

    public static string Of(FrozenTrial t) => string.Create(CultureInfo.InvariantCulture,
        $"{t.Number} {t.State} [{string.Join(",", t.Values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}] {t.DatetimeStart:O} {t.DatetimeComplete:O} "
        + $"{string.Join(",", t.ParamList)} {Attrs(t.UserAttrs)} {Attrs(t.SystemAttrs)} {string.Join(",", t.IntermediateValues)} {t.Reason} {t.Worker}");

    /// <summary>What samplers see; finished rows only as far as the view goes.</summary>
    public static string Of(StudyView view)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{view.Name} {view.TrialCount} {view.FinishedCount} {view.CompleteCount} {view.PrunedCount} {view.HasConstraints}");
        text.AppendLine(string.Join(",", view.BestNumbers)).AppendLine(Of(view.SpaceOfComplete)).AppendLine(Of(view.SpaceOfFinished));
        text.AppendLine(string.Join(" | ", view.Groups.Select(Of)));
        foreach (var r in view.Running)
            text.AppendLine(CultureInfo.InvariantCulture, $"{r.Number}: {string.Join(",", r.Params)}");
        for (var n = 0; n < view.TrialCount; n++)
        {
            if (!view.IsFinished(n))
                continue;
            text.Append(CultureInfo.InvariantCulture, $"{n} {view.FinishRanks[n]} {view.States[n]} {view.Violation(n):R}");
            for (var k = 0; k < view.Directions.Length; k++)
                text.Append(CultureInfo.InvariantCulture, $" {view.Values(k)[n]:R}");
            foreach (var name in Names)
                text.Append(CultureInfo.InvariantCulture, $" {view.Column(name)?[n] ?? double.NaN:R}");
            text.AppendLine();
        }

        return text.ToString();
    }

    /// <summary>Parameter names whose columns are compared.</summary>
    private static readonly string[] Names = ["a", "b", "c", "x", "y", "x0", "x1", "x2"];

    private static string Of(SearchSpace space) => string.Join(",", space.Params);

    private static string Attrs(IEnumerable<KeyValuePair<string, string>> attrs) => string.Join(",", attrs);
}
