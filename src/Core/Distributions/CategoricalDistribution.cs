using System.Collections.Immutable;
using System.Numerics;
using Optuna.Json;

namespace Optuna.Distributions;

/// <summary>One of a fixed list of choices: null, bool, whole number, real number or text. The internal form is the index.</summary>
/// <remarks>
/// Choices are compared as Python does: <c>1</c>, <c>1.0</c> and <c>true</c> are the same choice, NaN equals NaN; the first match counts.
/// A nested choice of a Python client (a tuple, say) is carried as <see cref="JsonText"/> and equals the same text only.
/// </remarks>
public sealed class CategoricalDistribution : Distribution
{
    /// <param name="choices">At least one; null, bool, a number, char, string, enum (its name) or <see cref="JsonText"/>.</param>
    /// <exception cref="ArgumentException">No choice, or one of another type.</exception>
    public CategoricalDistribution(IEnumerable<object?> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        Choices = [.. choices.Select(CategoricalChoice.Normalize)];
        if (Choices.IsEmpty)
            throw new ArgumentException("CategoricalDistribution: 'choices' must contain at least one element.");
    }

    public CategoricalDistribution(params object?[] choices) : this((IEnumerable<object?>)choices) { }

    /// <summary>Each null, <see cref="bool"/>, <see cref="long"/> (<see cref="BigInteger"/> beyond its range), <see cref="double"/>, <see cref="string"/> or <see cref="JsonText"/>.</summary>
    public ImmutableArray<object?> Choices { get; }

    public override bool IsSingle => Choices.Length == 1;

    public override double SingleValue => 0;

    public override bool Contains(double internalValue) => internalValue is > -1 && internalValue < Choices.Length;

    public override double ToInternal(object? external)
    {
        for (var i = 0; i < Choices.Length; i++)
        {
            if (CategoricalChoice.Same(Choices[i], external))
                return i;
        }

        throw new ArgumentException($"'{external ?? "null"}' is not one of the choices {PythonJson.Write(Choices)}.");
    }

    public override object? ToExternal(double internalValue) => Contains(internalValue)
        ? Choices[(int)internalValue]
        : throw new ArgumentException($"{PythonJson.FormatDouble(internalValue)} is not the index of one of {Choices.Length} choices.");

    public override bool Equals(Distribution? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is not CategoricalDistribution c || c.Choices.Length != Choices.Length)
            return false;
        for (var i = 0; i < Choices.Length; i++)
        {
            if (!CategoricalChoice.Same(Choices[i], c.Choices[i]))
                return false;
        }

        return true;
    }

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var choice in Choices)
            hash.Add(CategoricalChoice.Hash(choice));
        return hash.ToHashCode();
    }
}
