using System.Globalization;
using System.Numerics;

namespace Optuna.Distributions;

/// <summary>
/// What values one parameter may take. Inside the engine a value is always a <see cref="double"/> (its
/// <em>internal</em> form: the number itself, or the index of a categorical choice); users see the
/// <em>external</em> form (double, long, or the choice).
/// </summary>
/// <remarks>Immutable and compared by content, so it can be a key and travel between threads.</remarks>
public abstract class Distribution : IEquatable<Distribution>
{
    private protected Distribution() { }

    /// <summary>The JSON text it came with, where that is not the one <see cref="DistributionJson.Write"/> makes; no part of its content.</summary>
    internal string? SourceText { get; set; }

    /// <summary>Only one value is possible; samplers are not consulted for it.</summary>
    public abstract bool IsSingle { get; }

    /// <summary>Internal form of the only value; meaningful when <see cref="IsSingle"/>.</summary>
    public abstract double SingleValue { get; }

    /// <summary>Whether the internal value lies in range and on the grid.</summary>
    public abstract bool Contains(double internalValue);

    /// <summary>Internal form of a user's value.</summary>
    /// <remarks>Numbers may lie out of range or off the grid, as an enqueued value may; <see cref="Contains"/> tells.</remarks>
    /// <exception cref="ArgumentException">Not convertible, NaN, not positive under a log scale, or not among the choices.</exception>
    public abstract double ToInternal(object? external);

    /// <summary>User's form of an internal value: <see cref="double"/>, <see cref="long"/> (the fraction cut off) or a choice.</summary>
    /// <exception cref="ArgumentException">Not the index of a choice.</exception>
    public abstract object? ToExternal(double internalValue);

    public abstract bool Equals(Distribution? other);

    public abstract override int GetHashCode();

    public sealed override bool Equals(object? obj) => Equals(obj as Distribution);

    /// <summary>Optuna's JSON form, as <see cref="DistributionJson.Write"/> makes it.</summary>
    public sealed override string ToString() => DistributionJson.Write(this);

    private protected static double NumberToInternal(object? external, bool log, string kind)
    {
        var value = external switch
        {
            double d => d,
            long l => l,
            int i => i,
            bool b => b ? 1.0 : 0.0,
            float f => f,
            decimal m => (double)m,
            sbyte or byte or short or ushort or uint or ulong => Convert.ToDouble(external, CultureInfo.InvariantCulture),
            BigInteger b => (double)b,
            string s when double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) => d,
            _ => throw new ArgumentException($"'{external ?? "null"}' is not a valid value of {kind}: a number is expected."),
        };
        if (double.IsNaN(value))
            throw new ArgumentException($"NaN is not a valid value of {kind}.");
        if (log && value <= 0)
            throw new ArgumentException($"'{external}' is not a valid value of {kind} with log: it must be positive.");
        return value;
    }
}
