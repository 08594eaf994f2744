using System.Globalization;
using System.Numerics;
using Optuna.Json;

namespace Optuna.Distributions;

/// <summary>
/// Grid arithmetic on the shortest decimal text of doubles, as Optuna does it: 0..1 by 0.1 has its last point
/// at 1, which binary arithmetic would miss.
/// </summary>
internal static class DecimalGrid
{
    /// <summary>The largest low + k·step not above high.</summary>
    /// <remarks>
    /// A high that is the double nearest to a grid point counts as that point. Optuna does not do so: it takes away one
    /// more step whenever a lowered high that had to be rounded is read back from JSON.
    /// </remarks>
    public static double LastPoint(double low, double high, double step)
    {
        var (l, h, s, scale) = Align(low, high, step);
        var (steps, rest) = BigInteger.DivRem(h - l, s);
        return rest.IsZero || ToDouble((steps + 1) * s + l, scale) == high ? high : ToDouble(steps * s + l, scale);
    }

    /// <summary>How many points low, low + step, … up to high there are, where high is one of them.</summary>
    public static BigInteger Count(double low, double high, double step)
    {
        var (l, h, s, _) = Align(low, high, step);
        return ((h - l + (s / 2)) / s) + 1;
    }

    /// <summary>The double nearest to low + index·step, by their decimal texts.</summary>
    public static double Point(double low, double step, BigInteger index)
    {
        var (l, _, s, scale) = Align(low, low, step);
        return ToDouble(l + (index * s), scale);
    }

    private static (BigInteger Low, BigInteger High, BigInteger Step, int Scale) Align(double low, double high, double step)
    {
        var (l, h, s) = (Parse(low), Parse(high), Parse(step));
        var scale = Math.Max(l.Scale, Math.Max(h.Scale, s.Scale));
        return (l.Scaled(scale), h.Scaled(scale), s.Scaled(scale), scale);
    }

    private static Exact Parse(double value)
    {
        var shortest = PythonJson.FormatDouble(value);
        var e = shortest.IndexOf('e', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? shortest : shortest[..e];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = BigInteger.Parse(dot < 0 ? mantissa : mantissa.Remove(dot, 1), CultureInfo.InvariantCulture);
        var scale = (dot < 0 ? 0 : mantissa.Length - dot - 1) - exponent;
        return scale >= 0 ? new Exact(whole, scale) : new Exact(whole * BigInteger.Pow(10, -scale), 0);
    }

    private static double ToDouble(BigInteger unscaled, int scale) => double.Parse(
        string.Create(CultureInfo.InvariantCulture, $"{unscaled}E{-scale}"), CultureInfo.InvariantCulture);

    private readonly record struct Exact(BigInteger Unscaled, int Scale)
    {
        public BigInteger Scaled(int scale) => Unscaled * BigInteger.Pow(10, scale - Scale);
    }
}
