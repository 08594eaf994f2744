using Optuna.Trials;

namespace Optuna.Visualization;

/// <content>Pairs of parameters, coloured by rank.</content>
public static partial class Plot
{
    /// <summary>For each pair of parameters a point per trial, coloured by the rank of its value among all complete trials (blue: smallest); infeasible ones grey.</summary>
    /// <param name="params">In this order; null for all, sorted.</param>
    /// <remarks>Equal values share the mean of their ranks. Infinite values are ranked too.</remarks>
    /// <exception cref="ArgumentException">A parameter that no complete trial has, or <paramref name="target"/> is missing.</exception>
    public static Figure Rank(
        PlotStudy study, IReadOnlyList<string>? @params = null, Func<FrozenTrial, double>? target = null, string targetName = Target.DefaultName)
    {
        ArgumentNullException.ThrowIfNull(study);
        var shown = Target.Of(target, study);
        var trials = study.Complete().ConvertAll(t => new Scored(t, shown.Value(t)));
        var frozen = trials.ConvertAll(t => t.Trial);
        var layout = Layout.Of($"Rank ({PlotText.Escape(targetName)})");
        var sorted = trials.Count == 0 ? [] : ParamAxis.Names(frozen, @params);
        var names = @params is null || trials.Count == 0 ? sorted : [.. @params.Distinct()];
        if (names.Count == 0)
            return new Figure([], layout);

        var axes = names.ConvertAll(n => ParamAxis.Of(frozen, n));
        var colors = RankColors(trials);
        var most = Downsampling.PerPanel(names.Count == 2 ? 1 : names.Count * names.Count);
        var (traces, note) = (new List<Trace>(), (Annotation?)null);
        if (names.Count == 2)
        {
            layout.Axes["xaxis"] = axes[0].Axis() with { Title = PlotText.Escape(names[0]) };
            layout.Axes["yaxis"] = axes[1].Axis() with { Title = PlotText.Escape(names[1]) };
            traces.AddRange(Pair(0, 1));
        }
        else
        {
            Tile(layout, new Panels(names.Count, names.Count, 0.08 / names.Count, 0.08 / names.Count), axes, traces, Pair);
        }

        traces.Add(RankLegend(trials));
        return new Figure(traces, layout with { Annotations = Notes(note) });

        IEnumerable<Trace> Pair(int x, int y)
        {
            var all = Enumerable.Range(0, trials.Count).Where(r => axes[x].Has(r) && axes[y].Has(r)).ToList();
            var rows = Downsampling.Thin(all, most, r => trials[r].Value);
            note ??= Downsampling.Note(rows.Count, all.Count);
            yield return new Scatter
            {
                X = axes[x].Take(rows),
                Y = axes[y].Take(rows),
                Marker = new Marker { Color = PlotValues.Of(rows.Select(r => colors[r])), Line = new Line { Width = 0.5, Color = "Grey" } },
                Mode = "markers",
                ShowLegend = false,
                HoverTemplate = "%{hovertext}<extra></extra>",
                HoverText = PlotValues.Of(rows.Select(r => RankHover(trials[r], targetName, withObjectives: shown.IsCustom))),
                CustomData = rows.ConvertAll(r => PlotValues.Of([trials[r].Trial.Number])),
            };
        }
    }

    /// <summary>By row, the rank of a value from 0 to 1; equal ones have the mean of their ranks.</summary>
    internal static double[] Ranks(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Count];
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && values[order[end]] == values[order[start]];)
                end++;
            for (var i = start; i < end; i++)
                ranks[order[i]] = order.Length == 1 ? 0.5 : (start + end - 1) / 2.0 / (order.Length - 1);
        }

        return ranks;
    }

    private static string[] RankColors(List<Scored> trials)
    {
        var ranks = Ranks(trials.ConvertAll(t => t.Value));
        return [.. trials.Select((t, row) => Constraints.IsFeasible(t.Trial) ? ColorScale.BlueYellowRed.Sample(ranks[row]) : "rgb(204, 204, 204)")];
    }

    private static string RankHover(Scored scored, string targetName, bool withObjectives) => string.Join("<br>",
    [
        $"Trial #{scored.Trial.Number}",
        .. scored.Trial.ParamList.Select(p => $"{PlotText.Escape(p.Name)}: {PlotText.Str(p.External)}"),
        $"<b>{PlotText.Escape(targetName)}: {PlotText.Repr(scored.Value)}</b>",
        .. withObjectives ? scored.Trial.Values.Select((v, k) => $"Objective #{k}: {PlotText.Repr(v)}") : [],
    ]);

    // No point, but the colour bar of all panels.
    private static Scatter RankLegend(List<Scored> trials)
    {
        string[] names = ["min.", "25%", "50%", "75%", "max."];
        var sorted = trials.Select(t => t.Value).Order().ToArray();
        return new Scatter
        {
            X = new string?[] { null },
            Y = new string?[] { null },
            Mode = "markers",
            Marker = new Marker
            {
                ColorScale = ColorScale.BlueYellowRed.Stops,
                ShowScale = true,
                ColorMin = 0,
                ColorMax = 1,
                ColorBar = new ColorBar
                {
                    Thickness = 10,
                    TickVals = new[] { 0, 0.25, 0.5, 0.75, 1 },
                    TickText = PlotValues.Of(names.Select((n, i) => $"{n} ({PlotText.General(Quantile(sorted, i / 4.0), 6),3})")),
                },
            },
            HoverInfo = "none",
            ShowLegend = false,
        };
    }

    private static double Quantile(double[] sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        return below == at ? sorted[below] : sorted[below] + ((sorted[below + 1] - sorted[below]) * (at - below));
    }
}
