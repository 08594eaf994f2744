using Optuna.Distributions;

namespace Optuna.SearchSpaces;

/// <summary>Maps a number's range to the real line and back as Optuna's samplers do: logarithm when log, half a step of room on either side of a grid.</summary>
public static class NumericTransform
{
    /// <summary>Ends of the transformed range.</summary>
    /// <exception cref="ArgumentException">The distribution is categorical.</exception>
    public static (double Low, double High) Bounds(Distribution distribution) => distribution switch
    {
        FloatDistribution { Log: true } d => (Math.Log(d.Low), Math.Log(d.High)),
        FloatDistribution { Step: { } step } d => (d.Low - 0.5 * step, d.High + 0.5 * step),
        FloatDistribution d => (d.Low, d.High),
        IntDistribution { Log: true } d => (Math.Log(d.Low - 0.5), Math.Log(d.High + 0.5)),
        IntDistribution d => (d.Low - 0.5 * d.Step, d.High + 0.5 * d.Step),
        _ => throw new ArgumentException($"{distribution} is not numeric."),
    };

    /// <summary>Internal value at a point of the transformed range; always contained in the distribution.</summary>
    /// <remarks>The upper end of a continuous range is never returned, as NumPy's uniform never returns it.</remarks>
    public static double Untransform(Distribution distribution, double x) => distribution switch
    {
        FloatDistribution { Log: true } d => BelowHigh(d, Math.Exp(x)),
        FloatDistribution { Step: { } step } d => Math.Clamp(Math.Round((x - d.Low) / step) * step + d.Low, d.Low, d.High),
        FloatDistribution d => BelowHigh(d, x),
        IntDistribution { Log: true } d => Math.Clamp(Math.Round(Math.Exp(x)), d.Low, d.High),
        IntDistribution d => Math.Clamp(Math.Floor((x - d.Low) / d.Step + 0.5) * d.Step + d.Low, d.Low, d.High),
        _ => throw new ArgumentException($"{distribution} is not numeric."),
    };

    // exp(log(low)) may lie a rounding below low.
    private static double BelowHigh(FloatDistribution d, double value) =>
        d.IsSingle ? d.Low : Math.Max(d.Low, Math.Min(value, Math.BitDecrement(d.High)));
}
