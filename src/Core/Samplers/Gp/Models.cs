using Optuna.MultiObjective;
using Optuna.Numerics;

namespace Optuna.Samplers.Gp;

/// <summary>The fitted models of one draw: one per objective, and one per constraint.</summary>
internal sealed class Models
{
    // With more trials the highest peak of the likelihood hardly changes any more: it is looked for anew at every tenth.
    private const int ManyTrials = 100;

    // Of a front, so many are climbed from.
    private const int MostOfFront = 5;

    private readonly GaussianProcess[] _objectives;
    private readonly double[][] _scores;
    private readonly ConstraintModel[] _constraints;
    private readonly int[] _feasible;

    private Models(GaussianProcess[] objectives, double[][] scores, ConstraintModel[] constraints, int[] feasible) =>
        (_objectives, _scores, _constraints, _feasible) = (objectives, scores, constraints, feasible);

    internal bool HadInfinite { get; private init; }

    internal static Models Fit(SamplingContext context, GpSpace space, GpHistory history, bool noiseless)
    {
        var starts = KernelMemory.Last(context, space.Dimensions, noiseless);
        var count = context.Study.Directions.Length;
        var scores = new Standardized[count];
        var objectives = new GaussianProcess[count];
        for (var k = 0; k < count; k++)
        {
            scores[k] = Standardized.Of(history.Values(k));
            objectives[k] = Fit(history.Points, scores[k].Values, k);
        }

        var limits = history.Constraints();
        var constraints = new ConstraintModel[limits.Length];
        for (var c = 0; c < limits.Length; c++)
        {
            // Constraints are met at 0 and below; the models are of what is to spare.
            var room = Standardized.Of([.. limits[c].Select(x => -x)]);
            constraints[c] = new ConstraintModel(Fit(history.Points, room.Values, count + c), room.Zero);
        }

        int[] feasible = [.. Enumerable.Range(0, history.Count).Where(i => Array.TrueForAll(limits, l => l[i] <= 0))];
        KernelMemory.Keep(context, [.. objectives.Select(o => o.Parameters), .. constraints.Select(c => c.Process.Parameters)]);
        return new Models(objectives, [.. scores.Select(s => s.Values)], constraints, feasible) { HadInfinite = scores.Any(s => s.HadInfinite) };

        GaussianProcess Fit(double[] points, double[] values, int model) =>
            FitOne(points, values, space.IsCategorical, noiseless, model < starts.Count ? starts[model] : null);
    }

    /// <summary>Rows to climb from: the best feasible trial, or of several objectives some of the feasible front.</summary>
    internal int[] BestRows(RandomState random)
    {
        if (_feasible.Length == 0)
            return [];
        if (_objectives.Length == 1)
            return [BestRow];
        var front = NonDominated.Rows(Losses(_feasible), unique: false);
        front.Sort();
        return [.. random.ChoiceWithoutReplacement(front.Count, Math.Min(MostOfFront, front.Count)).Select(i => _feasible[front[i]])];
    }

    /// <summary>What to look for the greatest of.</summary>
    /// <param name="running">Coordinates, row by row.</param>
    internal Acquisition Acquisition(double[] running, RandomState random)
    {
        if (_objectives.Length > 1 && _feasible.Length > 0)
            return Hypervolume(running, random);
        if (_objectives.Length == 1 && running.Length > 0 && Batch(running, random) is { } batch)
            return batch;
        return new PointAcquisition(_objectives[0], Threshold, _constraints);
    }

    private int BestRow => _feasible.MaxBy(row => _scores[0][row]);

    private double Threshold => _feasible.Length == 0 ? double.NegativeInfinity : _scores[0][BestRow];

    private HypervolumeAcquisition Hypervolume(double[] running, RandomState random)
    {
        // Where points are too near to one another to be told apart, those that run are left out.
        var (objectives, constraints) = (With(_objectives, running), With([.. _constraints.Select(c => c.Process)], running));
        if (objectives is null || constraints is null)
            (objectives, constraints) = (_objectives, [.. _constraints.Select(c => c.Process)]);
        var fantasies = Fantasies.Together(objectives, random);
        var losses = Losses(_feasible);
        var reference = HypervolumeSubset.Reference(losses);
        for (var k = 0; k < reference.Length; k++)
            reference[k] = Math.BitIncrement(reference[k]);
        ConstraintModel[] limits = [.. constraints.Select((p, c) => new ConstraintModel(p, _constraints[c].Threshold))];
        // With constraints what runs is believed to turn out as expected: whether it is feasible is unknown, so it is on no front.
        return fantasies[0].Running == 0 || limits.Length > 0
            ? new HypervolumeAcquisition(fantasies, [new BoxDecomposition(losses, reference)], limits)
            : new HypervolumeAcquisition(fantasies, [.. Enumerable.Range(0, Fantasies.Count).Select(s => new BoxDecomposition(WithDraw(losses, fantasies, s), reference))], limits);
    }

    private static PointSet WithDraw(in PointSet losses, Fantasies[] fantasies, int draw)
    {
        var m = fantasies.Length;
        var all = new double[(losses.Count + fantasies[0].Running) * m];
        losses.All.CopyTo(all);
        for (var r = 0; r < fantasies[0].Running; r++)
        {
            for (var k = 0; k < m; k++)
                all[((losses.Count + r) * m) + k] = -fantasies[k].Values[(r * Fantasies.Count) + draw];
        }

        return new PointSet(all, m);
    }

    private PointSet Losses(int[] rows)
    {
        var m = _scores.Length;
        var losses = new double[rows.Length * m];
        for (var i = 0; i < losses.Length; i++)
            losses[i] = -_scores[i % m][rows[i / m]];
        return new PointSet(losses, rows.Length, m);
    }

    private static GaussianProcess[]? With(GaussianProcess[] processes, double[] running)
    {
        if (running.Length == 0)
            return processes;
        var with = processes.Select(p => p.With(running)).OfType<GaussianProcess>().ToArray();
        return with.Length == processes.Length ? with : null;
    }

    private BatchAcquisition? Batch(double[] running, RandomState random)
    {
        (Fantasies, double)? objective = null;
        if (_feasible.Length > 0)
        {
            if (_objectives[0].With(running) is not { } with)
                return null;
            objective = (new Fantasies(with, random), Threshold);
        }

        var constraints = new List<(Fantasies, double)>(_constraints.Length);
        foreach (var c in _constraints)
        {
            if (c.Process.With(running) is not { } with)
                return null;
            constraints.Add((new Fantasies(with, random), c.Threshold));
        }

        return new BatchAcquisition([.. _objectives[0].Parameters.InverseSquares.Select(a => 1 / Math.Sqrt(a))], objective, constraints);
    }

    // The likelihood may have several peaks. The last fit lies near one, but as trials come in another may become the highest.
    internal static GaussianProcess FitOne(double[] points, double[] values, bool[] isCategorical, bool noiseless, KernelParameters? last)
    {
        var fit = new KernelFit(points, values, isCategorical, noiseless);
        var (best, least) = ((GaussianProcess?)null, double.PositiveInfinity);
        foreach (var start in (KernelParameters?[])[last, KernelParameters.Ones(isCategorical.Length, noiseless)])
        {
            if (start != last && best is not null && values.Length > ManyTrials && values.Length % 10 != 0)
                break;
            if (start is not null && fit.From(start, out var loss) is { } found && loss < least
                && GaussianProcess.Of(points, values, isCategorical, found) is { } process)
            {
                (best, least) = (process, loss);
            }
        }

        if (best is not null)
            return best;
        OptunaLog.Warning("The Gaussian process has no best kernel parameters and goes on with those it starts from.");
        return GaussianProcess.Of(points, values, isCategorical, KernelParameters.Ones(isCategorical.Length, noiseless: false))!;
    }
}
