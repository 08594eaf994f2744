using Optuna.Numerics;

namespace Optuna.Samplers.Gp;

/// <summary>The fitted models of one draw: the objective's, and one per constraint.</summary>
internal sealed class Models
{
    // With more trials the highest peak of the likelihood hardly changes any more: it is looked for anew at every tenth.
    private const int ManyTrials = 100;

    private readonly GaussianProcess _objective;
    private readonly double _threshold;
    private readonly ConstraintModel[] _constraints;

    private Models(GaussianProcess objective, double threshold, ConstraintModel[] constraints) =>
        (_objective, _threshold, _constraints) = (objective, threshold, constraints);

    /// <summary>The best (feasible) trial's row; null when none is feasible.</summary>
    internal int? BestRow { get; private init; }

    internal bool HadInfinite { get; private init; }

    internal static Models Fit(SamplingContext context, GpSpace space, GpHistory history, bool noiseless)
    {
        var starts = KernelMemory.Last(context, space.Dimensions, noiseless);
        var scores = Standardized.Of(history.Values(0));
        var limits = history.Constraints();
        var objective = Fit(history.Points, scores.Values, 0);

        var constraints = new ConstraintModel[limits.Length];
        for (var c = 0; c < limits.Length; c++)
        {
            // Constraints are met at 0 and below; the models are of what is to spare.
            var room = Standardized.Of([.. limits[c].Select(x => -x)]);
            constraints[c] = new ConstraintModel(Fit(history.Points, room.Values, c + 1), room.Zero);
        }

        int? best = null;
        for (var i = 0; i < history.Count; i++)
        {
            if (Array.TrueForAll(limits, l => l[i] <= 0) && !(best is { } b && scores.Values[b] >= scores.Values[i]))
                best = i;
        }

        KernelMemory.Keep(context, constraints.Select(c => c.Process.Parameters).Prepend(objective.Parameters));
        return new Models(objective, best is { } row ? scores.Values[row] : double.NegativeInfinity, constraints)
        {
            BestRow = best,
            HadInfinite = scores.HadInfinite,
        };

        GaussianProcess Fit(double[] points, double[] values, int model) =>
            FitOne(points, values, space.IsCategorical, noiseless, model < starts.Count ? starts[model] : null);
    }

    /// <summary>What to look for the greatest of.</summary>
    /// <param name="running">Coordinates, row by row.</param>
    internal Acquisition Acquisition(double[] running, RandomState random)
    {
        if (running.Length > 0 && Batch(running, random) is { } batch)
            return batch;
        return new PointAcquisition(_objective, _threshold, _constraints);
    }

    private BatchAcquisition? Batch(double[] running, RandomState random)
    {
        (Fantasies, double)? objective = null;
        if (!double.IsNegativeInfinity(_threshold))
        {
            if (_objective.With(running) is not { } with)
                return null;
            objective = (new Fantasies(with, random), _threshold);
        }

        var constraints = new List<(Fantasies, double)>(_constraints.Length);
        foreach (var c in _constraints)
        {
            if (c.Process.With(running) is not { } with)
                return null;
            constraints.Add((new Fantasies(with, random), c.Threshold));
        }

        return new BatchAcquisition([.. _objective.Parameters.InverseSquares.Select(a => 1 / Math.Sqrt(a))], objective, constraints);
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
