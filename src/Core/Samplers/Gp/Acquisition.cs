namespace Optuna.Samplers.Gp;

/// <summary>How promising a point is, by models of the objective and whatever else counts.</summary>
/// <remarks>Looks at eight points at a time, side by side: coordinate d of point k is number 8d + k. Holds buffers: not thread-safe.</remarks>
internal abstract class Acquisition
{
    internal const int Points = Surrogate.Points;

    /// <summary>Added to every variance, so that no standard deviation is 0.</summary>
    internal const double LeastVariance = 1e-12;

    /// <param name="lengthScales">How far a coordinate goes before the objective may look quite different; of choices meaningless.</param>
    protected Acquisition(double[] lengthScales) => LengthScales = lengthScales;

    internal double[] LengthScales { get; }

    /// <summary>Values at eight points.</summary>
    /// <param name="among">Dimensions of which the gradient is wanted; none of them choices.</param>
    /// <param name="gradient">Laid out as the points; empty when it is not wanted.</param>
    internal abstract void Evaluate(ReadOnlySpan<double> points, Span<double> values, ReadOnlySpan<int> among, Span<double> gradient);

    internal void Evaluate(ReadOnlySpan<double> points, Span<double> values) => Evaluate(points, values, [], []);

    protected static double[] LengthScalesOf(GaussianProcess process) =>
        [.. process.Parameters.InverseSquares.Select(a => 1 / Math.Sqrt(a))];
}
