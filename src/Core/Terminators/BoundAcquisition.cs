using Optuna.Samplers.Gp;

namespace Optuna.Terminators;

/// <summary>A confidence bound of a Gaussian process: its mean and so many standard deviations. Has no gradient, for nobody climbs it.</summary>
internal sealed class BoundAcquisition(GaussianProcess process, double deviations) : Acquisition(LengthScalesOf(process))
{
    private readonly Surrogate _surrogate = new(process);
    private readonly double[] _variances = new double[Points];

    internal override void Evaluate(ReadOnlySpan<double> points, Span<double> values, ReadOnlySpan<int> among, Span<double> gradient)
    {
        if (!gradient.IsEmpty)
            throw new NotSupportedException("A confidence bound has no gradient here.");
        _surrogate.Look(points);
        _surrogate.Moments(values, _variances);
        for (var k = 0; k < Points; k++)
            values[k] += deviations * Math.Sqrt(_variances[k]);
    }
}
