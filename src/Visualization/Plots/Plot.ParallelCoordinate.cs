using Optuna.MultiObjective;
using Optuna.Trials;

namespace Optuna.Visualization;

/// <content>All parameters side by side.</content>
public static partial class Plot
{
    /// <summary>Lines of trials across objective and parameters. Trials that lack a parameter pass its tick "None"; infeasible ones are dotted.</summary>
    /// <param name="params">Null for all.</param>
    /// <param name="target">What to show instead of the objective's value. With several objectives and none given, all are shown, and lines are coloured by Pareto rank.</param>
    /// <remarks>
    /// Above 500 trials the lines are one trace of parallel coordinates instead of one each: quick to draw, but with nothing dotted.
    /// As soon as one trial has constraints, those without any count as infeasible.
    /// </remarks>
    /// <exception cref="ArgumentException">A parameter that no complete trial has.</exception>
    public static Figure ParallelCoordinate(
        PlotStudy study, IReadOnlyList<string>? @params = null, Func<FrozenTrial, double>? target = null, string targetName = Target.DefaultName)
    {
        ArgumentNullException.ThrowIfNull(study);
        var lines = target is null && study.IsMultiObjective ? RankedLines(study) : ValuedLines(study, Target.Of(target, study), targetName);
        var layout = new Layout { Title = new Title("Parallel Coordinate Plot") { Y = 1, YAnchor = "bottom", YRef = "paper" } };
        var names = lines.Trials.Count == 0 ? [] : ParamAxis.Names(lines.Trials, @params);
        if (names.Count == 0)
            return new Figure([], layout);

        var total = lines.Trials.Count;
        var kept = Downsampling.Keep(total, Downsampling.MaxPoints, i => lines.Colors[i]);
        if (kept.Length < total)
            lines = lines.Take(kept);
        lines = SortByNumericChoices(lines, names);
        var axes = lines.Objectives.Concat(names.Select(n => ParallelAxis.OfParam(lines.Trials, n))).ToList();
        var note = Downsampling.Note(lines.Trials.Count, total);
        return lines.Trials.Count <= ParallelLines.MostLines
            ? new Figure(ParallelLines.Traces(lines, axes), ParallelLines.Dress(layout, axes, note))
            : new Figure([ParallelLines.OneTrace(lines, axes)], layout with { Annotations = Notes(note) });
    }

    private static ParallelSet ValuedLines(PlotStudy study, Target target, string targetName)
    {
        var finite = target.Finite(study);
        double[] values = [.. finite.Select(f => f.Value)];
        return new ParallelSet(
            finite.ConvertAll(f => f.Trial), [ParallelAxis.OfValues(targetName, values)], values, targetName,
            IsRanked: false, target.IsReversed(study), [.. Enumerable.Range(0, values.Length)]);
    }

    private static ParallelSet RankedLines(PlotStudy study)
    {
        var trials = study.Complete().FindAll(t => t.Values.All(double.IsFinite));
        var losses = trials.SelectMany(t => t.Values.Select((v, k) => PointSet.Loss(v, study.Directions[k]))).ToArray();
        var ranks = NonDominatedRanks.Of(new PointSet(losses, study.Directions.Length));
        // The best are drawn last, over the others.
        return new ParallelSet(
            trials,
            [.. study.Directions.Select((_, k) => ParallelAxis.OfValues(study.ObjectiveName(k), [.. trials.Select(t => t.Values[k])]))],
            [.. ranks.Select(r => (double)r)], "Pareto Rank", IsRanked: true, IsReversed: true, [.. Enumerable.Range(0, ranks.Length).OrderBy(i => ranks[i]).Reverse()]);
    }

    /// <summary>Trials in the order of their choices, where choices are numbers: of lines that cover each other, those of the last choice are seen.</summary>
    private static ParallelSet SortByNumericChoices(ParallelSet lines, List<string> names)
    {
        var keys = names.Where(n => lines.Trials.Select(t => t.FindParam(n)).OfType<TrialParam>().ToList() is var found
                && found.Exists(p => p.Distribution is Distributions.CategoricalDistribution) && ParamAxis.IsNumerical(found[0].Distribution))
            .Select(n => ParamAxis.Of(lines.Trials, n).Numbers!)
            .ToList();
        if (keys.Count == 0)
            return lines;
        // Missing ones come first, as NaN does.
        var order = Enumerable.Range(0, lines.Trials.Count).OrderBy(i => keys[0][i]);
        foreach (var key in keys.Skip(1))
            order = order.ThenBy(i => key[i]);
        return lines.Take([.. order]);
    }
}

/// <summary>Trials as lines.</summary>
/// <param name="Objectives">Axes of values; they go before those of parameters.</param>
/// <param name="Colors">By trial, what its colour tells.</param>
/// <param name="IsRanked">The colours are ranks.</param>
/// <param name="DrawOrder">Rows, the undermost line first.</param>
internal sealed record ParallelSet(
    List<FrozenTrial> Trials, IReadOnlyList<ParallelAxis> Objectives, double[] Colors, string ColorTitle, bool IsRanked, bool IsReversed, int[] DrawOrder)
{
    internal ParallelSet Take(int[] rows) => this with
    {
        Trials = [.. rows.Select(r => Trials[r])],
        Objectives = [.. Objectives.Select(o => ParallelAxis.OfValues(o.Label, [.. rows.Select(r => o.Values[r])]))],
        Colors = [.. rows.Select(r => Colors[r])],
        DrawOrder = IsRanked
            ? [.. Enumerable.Range(0, rows.Length).OrderByDescending(i => Colors[rows[i]])]
            : [.. Enumerable.Range(0, rows.Length)],
    };
}
