using Optuna.Distributions;
using Optuna.Numerics;

namespace Optuna.Samplers.Tpe;

/// <summary>The two densities over one space, and the candidates drawn from the good one.</summary>
internal sealed class TpeModel
{
    // With fewer kernels than this, weighing all candidates costs little.
    private const int Many = 1000;

    private readonly Candidates _candidates;
    private readonly double[] _good;
    private readonly double[] _poor;

    internal TpeModel(IEnumerable<Distribution> distributions, int candidates, ParzenOptions options)
    {
        TpeParameter[] parameters = [.. distributions.Select(TpeParameter.Of)];
        Good = new ParzenEstimator(parameters, options);
        Poor = new ParzenEstimator(parameters, options);
        _candidates = new Candidates(parameters, candidates);
        (_good, _poor) = (new double[candidates], new double[candidates]);
    }

    internal ParzenEstimator Good { get; }

    internal ParzenEstimator Poor { get; }

    /// <summary>Draws and weighs candidates from the fitted densities; the best one's index.</summary>
    internal int Draw(RandomState random)
    {
        Good.Sample(random, _candidates);
        Good.LogDensity(_candidates, _good);
        if (Poor.Kernels > Many && AreFinite(_good))
            return Poor.Best(_candidates, _good);
        Poor.LogDensity(_candidates, _poor);
        return Acquisition.Best(_good, _poor);
    }

    private static bool AreFinite(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
                return false;
        }

        return true;
    }

    /// <summary>A candidate's internal value of one parameter.</summary>
    internal double Value(int parameter, int candidate) => _candidates.Values(parameter)[candidate];
}
