using Optuna.Distributions;

namespace Optuna.Samplers.BruteForce;

/// <summary>The values one parameter can take, in order; never listed, as there may be very many.</summary>
internal readonly record struct Candidates(double Low, double High, double Step, long Count, bool IsDecimal)
{
    /// <exception cref="ArgumentException">There is no end of them.</exception>
    public static Candidates Of(string name, Distribution distribution) => distribution switch
    {
        CategoricalDistribution c => new(0, c.Choices.Length - 1, 1, c.Choices.Length, false),
        IntDistribution i => new(i.Low, i.High, i.Step, Checked(name, ((Int128)i.High - i.Low) / i.Step + 1), false),
        FloatDistribution { IsSingle: true } f => new(f.Low, f.Low, 1, 1, false),
        FloatDistribution { Step: { } step } f => new(f.Low, f.High, step, Checked(name, (Int128)DecimalGrid.Count(f.Low, f.High, step)), true),
        _ => throw new ArgumentException($"BruteForceSampler cannot try every value of parameter '{name}': give it a 'step'."),
    };

    public double this[long index] => IsDecimal ? DecimalGrid.Point(Low, Step, index) : Low + (index * Step);

    /// <summary>Which candidate a value is; −1 when it is none.</summary>
    public long IndexOf(Distribution distribution, double value) =>
        distribution.Contains(value) ? Math.Min((long)Math.Round((value - Low) / Step), Count - 1) : -1;

    public override string ToString() => Count == 1 ? $"{Low}" : $"{Low} to {High} by {Step}";

    private static long Checked(string name, Int128 count) => count <= 1L << 53
        ? (long)count
        : throw new ArgumentException($"BruteForceSampler cannot try every value of parameter '{name}': there are more than 2^53.");
}
