namespace Optuna.Samplers.CmaEs;

/// <summary>When a distribution in the unit cube has left the range that doubles and sense allow.</summary>
internal static class Reach
{
    /// <summary>Standard deviations below it are lost in the rounding of a coordinate.</summary>
    internal const double Smallest = 1e-14;

    /// <summary>Standard deviations above it are lost in the clipping to the bounds.</summary>
    internal const double Largest = 1e4;

    /// <summary>Negative eigenvalues, which active updates can leave, become this.</summary>
    internal const double EigenFloor = 1e-8;

    /// <summary>The weight of a step of negative weight grows as the step gets short; this keeps it finite.</summary>
    internal const double ShortestStep = 1e-8;

    /// <summary>How long an injected step may be, in standard deviations: c_y of Hansen, "Injecting External Solutions Into CMA-ES", arXiv 1110.4181.</summary>
    internal static double OfInjected(int dimension) => Math.Sqrt(dimension) + (2.0 * dimension / (dimension + 2));

    internal static bool IsFinite(ReadOnlySpan<double> values)
    {
        foreach (var v in values)
            if (!double.IsFinite(v))
                return false;
        return true;
    }
}
