namespace Optuna.Samplers.Gp;

/// <summary>A constraint's model: feasible where its (standardized, negated) value is at least the threshold.</summary>
internal readonly record struct ConstraintModel(GaussianProcess Process, double Threshold);

/// <summary>
/// Log expected improvement over the best value, plus the log probabilities of meeting each constraint: for trials that
/// run one at a time.
/// </summary>
/// <remarks>Ament et al. 2023 (the logarithm), Gardner et al. 2014 (constraints).</remarks>
internal sealed class PointAcquisition : Acquisition
{
    private readonly Surrogate? _objective;
    private readonly double _threshold;
    private readonly (Surrogate Model, double Threshold)[] _constraints;
    private readonly double[] _means = new double[Points];
    private readonly double[] _variances = new double[Points];
    private readonly double[] _byMean = new double[Points];
    private readonly double[] _byVariance = new double[Points];

    /// <param name="threshold">The best feasible value; −∞ when there is none, and then only the constraints count.</param>
    internal PointAcquisition(GaussianProcess objective, double threshold, IEnumerable<ConstraintModel> constraints)
        : base(LengthScalesOf(objective))
    {
        _objective = double.IsNegativeInfinity(threshold) ? null : new Surrogate(objective);
        _threshold = threshold;
        _constraints = [.. constraints.Select(c => (new Surrogate(c.Process), c.Threshold))];
    }

    internal override void Evaluate(ReadOnlySpan<double> points, Span<double> values, ReadOnlySpan<int> among, Span<double> gradient)
    {
        values.Clear();
        gradient.Clear();
        if (_objective is not null)
            Add(_objective, _threshold, isConstraint: false, points, values, among, gradient);
        foreach (var (model, threshold) in _constraints)
            Add(model, threshold, isConstraint: true, points, values, among, gradient);
    }

    private void Add(
        Surrogate model, double threshold, bool isConstraint,
        ReadOnlySpan<double> points, Span<double> values, ReadOnlySpan<int> among, Span<double> gradient)
    {
        model.Look(points);
        model.Moments(_means, _variances);
        for (var k = 0; k < Points; k++)
        {
            var variance = _variances[k] + LeastVariance;
            var sigma = Math.Sqrt(variance);
            var z = (_means[k] - threshold) / sigma;
            var (log, slope) = isConstraint ? ExpectedImprovement.Probability(z) : ExpectedImprovement.At(z);
            values[k] += isConstraint ? log : log + Math.Log(sigma);

            // z falls as σ² grows by z/(2σ²); ln σ grows by 1/(2σ²). A variance cut off at 0 does not change.
            _byMean[k] = slope / sigma;
            _byVariance[k] = _variances[k] > 0 ? 0.5 * ((isConstraint ? 0 : 1) - (z * slope)) / variance : 0;
        }

        if (gradient.IsEmpty)
            return;
        model.Weigh(_byMean, _byVariance);
        model.Pull(among, gradient);
    }
}
