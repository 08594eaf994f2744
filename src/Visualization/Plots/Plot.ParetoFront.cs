using Optuna.MultiObjective;
using Optuna.Trials;

namespace Optuna.Visualization;

/// <content>Several objectives.</content>
public static partial class Plot
{
    /// <summary>The complete trials by their objectives, in two or three dimensions: the best, those they dominate, and, in a study with constraints, the infeasible.</summary>
    /// <param name="targetNames">Titles of the axes; null for the objectives' names.</param>
    /// <param name="includeDominated">Show the dominated trials.</param>
    /// <param name="targets">What to show instead of the objectives: two or three values per trial. Which trials are best is still a matter of the objectives.</param>
    /// <exception cref="ArgumentException">Not two or three values, names that are not as many, or a study without trials that leaves both open.</exception>
    public static Figure ParetoFront(
        PlotStudy study, IReadOnlyList<string>? targetNames = null, bool includeDominated = true, Func<FrozenTrial, IReadOnlyList<double>>? targets = null)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (targets is null && study.Directions.Length is not (2 or 3))
        {
            throw new ArgumentException(
                $"'targets' must be given: a Pareto front is drawn in two or three dimensions, and the study has {study.Directions.Length} objectives.", nameof(targets));
        }

        var groups = FrontGroups.Of(study);
        var values = groups.All.ToDictionary(t => t.Number, t => targets?.Invoke(t) ?? t.Values);
        var count = (groups.Best.Concat(groups.Infeasible).FirstOrDefault() is { } first ? values[first.Number].Count : (int?)null)
            ?? targetNames?.Count ?? (targets is null ? study.Directions.Length : throw new ArgumentException(
                "'target_names' must be given along with 'targets' while the study has no complete trial.", nameof(targetNames)));
        if (count is not (2 or 3) || values.Values.Any(v => v.Count != count))
            throw new ArgumentException($"'targets' must give two or three values, as many for every trial (it gives {count} for the first).", nameof(targets));
        if (targetNames is not null && targetNames.Count != count)
            throw new ArgumentException($"'target_names' must be {count} names (they are {targetNames.Count}).", nameof(targetNames));

        var names = targetNames ?? [.. Enumerable.Range(0, count).Select(k => targets is null ? study.ObjectiveName(k) : $"Objective {k}")];
        var draw = new FrontTraces(values, count);
        var traces = new List<Trace>();
        if (groups.HasConstraints)
            traces.Add(draw.Trace(groups.Infeasible, "Infeasible Trial", new Marker { Color = Constraints.Grey }));
        traces.Add(draw.Trace(includeDominated ? groups.Dominated : [], groups.HasConstraints ? "Feasible Trial" : "Trial", Shades(ColorScale.Blues, new ColorBar { Title = "Trial" })));
        traces.Add(draw.Trace(groups.Best, "Best Trial", Shades(ColorScale.Reds, new ColorBar { Title = "Best Trial", X = includeDominated ? 1.1 : 1, XPad = 40 })));

        Axis[] axes = [.. names.Select(n => new Axis { Title = PlotText.Escape(n) })];
        var layout = count == 2
            ? Layout.Of("Pareto-front Plot", axes[0], axes[1])
            : Layout.Of("Pareto-front Plot") with { Scene = new Scene { XAxis = axes[0], YAxis = axes[1], ZAxis = axes[2] } };
        return new Figure(traces, layout with { Annotations = Notes(Downsampling.Note(draw.Drawn, draw.Total)) });
    }

    private static Marker Shades(ColorScale scale, ColorBar bar) =>
        new() { ColorScale = scale.Stops, ColorBar = bar, Line = new Line { Width = 0.5, Color = "Grey" } };
}

/// <summary>The complete trials of a study, each by number: those no feasible one dominates, those dominated, the infeasible.</summary>
internal sealed record FrontGroups(List<FrozenTrial> Best, List<FrozenTrial> Dominated, List<FrozenTrial> Infeasible, bool HasConstraints)
{
    internal IEnumerable<FrozenTrial> All => Best.Concat(Dominated).Concat(Infeasible);

    internal static FrontGroups Of(PlotStudy study)
    {
        var complete = study.Complete();
        var feasible = complete.FindAll(Constraints.IsFeasible);
        var losses = feasible.SelectMany(t => t.Values.Select((v, k) => PointSet.Loss(v, study.Directions[k]))).ToArray();
        var front = NonDominated.Rows(new PointSet(losses, study.Directions.Length), unique: false).ToHashSet();
        return new FrontGroups(
            [.. feasible.Where((_, row) => front.Contains(row))],
            [.. feasible.Where((_, row) => !front.Contains(row))],
            complete.FindAll(t => !Constraints.IsFeasible(t)),
            complete.Exists(Constraints.HasAny));
    }
}

/// <summary>Points of a Pareto front's groups.</summary>
/// <param name="values">By trial number, <paramref name="count"/> each.</param>
internal sealed class FrontTraces(Dictionary<int, IReadOnlyList<double>> values, int count)
{
    internal int Drawn { get; private set; }

    internal int Total { get; private set; }

    internal Trace Trace(List<FrozenTrial> all, string kind, Marker marker)
    {
        var trials = Downsampling.Thin(all, Downsampling.MaxPoints, [.. Enumerable.Range(0, count).Select(Coordinate)]);
        (Drawn, Total) = (Drawn + trials.Count, Total + all.Count);
        var points = count == 3 ? new Scatter3d { Z = Column(trials, 2) } : new Scatter();
        return points with
        {
            X = Column(trials, 0),
            Y = Column(trials, 1),
            Mode = "markers",
            Text = PlotValues.Of(trials.Select(PlotText.Hover)),
            HoverTemplate = $"%{{text}}<extra>{kind}</extra>",
            Marker = marker.Color is null ? marker with { Color = PlotValues.Of(trials.Select(t => t.Number)) } : marker,
            CustomData = trials.ConvertAll(t => PlotValues.Of([t.Number])),
            ShowLegend = false,
        };
    }

    private Func<FrozenTrial, double> Coordinate(int k) => t => values[t.Number][k];

    private PlotValues Column(List<FrozenTrial> trials, int k) => PlotValues.Of(trials.Select(Coordinate(k)));
}
