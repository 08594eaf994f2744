using Optuna.Json;

namespace Optuna.Distributions;

/// <summary>Real numbers in [<see cref="Low"/>, <see cref="High"/>], optionally on a log scale or on a grid of <see cref="Step"/>.</summary>
/// <remarks>Bounds and step are finite. With a step that does not divide the range, <see cref="High"/> is lowered to the last grid point (decimal arithmetic, so 0..1 by 0.3 ends at 0.9).</remarks>
public sealed class FloatDistribution : Distribution
{
    /// <param name="low">Smallest value.</param>
    /// <param name="high">Largest value; not below <paramref name="low"/>.</param>
    /// <param name="log">Sample in the logarithm; needs <paramref name="low"/> &gt; 0 and no step.</param>
    /// <param name="step">Grid width, above 0; null for a continuous range.</param>
    /// <exception cref="ArgumentException">One of the rules above is broken.</exception>
    public FloatDistribution(double low, double high, bool log = false, double? step = null)
    {
        if (log && step is not null)
            throw new ArgumentException("FloatDistribution: 'log' and 'step' cannot be used together.");
        if (!double.IsFinite(low) || !double.IsFinite(high) || !double.IsFinite(step ?? 0))
            throw new ArgumentException($"FloatDistribution: 'low', 'high' and 'step' must be finite (low={Text(low)}, high={Text(high)}, step={PythonJson.Write(step)}).");
        if (low > high)
            throw new ArgumentException($"FloatDistribution: 'low' must not be larger than 'high' (low={Text(low)}, high={Text(high)}).");
        if (log && low <= 0)
            throw new ArgumentException($"FloatDistribution: 'low' must be larger than 0 with 'log' (low={Text(low)}).");
        if (step is { } s && s <= 0)
            throw new ArgumentException($"FloatDistribution: 'step' must be larger than 0 (step={Text(s)}).");
        Low = low;
        High = step is { } width ? DecimalGrid.LastPoint(low, high, width) : high;
        Log = log;
        Step = step;
    }

    public double Low { get; }

    public double High { get; }

    public bool Log { get; }

    public double? Step { get; }

    // High is on the grid, so a range shorter than one step has become low..low.
    public override bool IsSingle => Low == High;

    public override double SingleValue => Low;

    public override bool Contains(double internalValue)
    {
        if (!(Low <= internalValue && internalValue <= High))
            return false;
        if (Step is not { } step)
            return true;
        var k = (internalValue - Low) / step;

        // On a grid of hundreds of millions of points rounding alone takes a point further from its place than Optuna's 1e-8.
        var rounding = Math.Max(Math.Abs(internalValue), Math.Abs(Low)) / step * 8.9e-16;
        return Math.Abs(k - Math.Round(k)) < Math.Max(1e-8, rounding);
    }

    public override double ToInternal(object? external) => NumberToInternal(external, Log, nameof(FloatDistribution));

    public override object ToExternal(double internalValue) => internalValue;

    public override bool Equals(Distribution? other) => other is FloatDistribution f
        && Low == f.Low && High == f.High && Log == f.Log && Step == f.Step;

    public override int GetHashCode() => HashCode.Combine(1, Low, High, Log, Step);

    private static string Text(double value) => PythonJson.FormatDouble(value);
}
