using System.Collections.Immutable;

namespace Optuna.Distributions;

/// <summary>One of a fixed list of choices: null, bool, whole number, real number or text. The internal form is the index.</summary>
/// <remarks>Choices are compared as Python does: <c>1</c>, <c>1.0</c> and <c>true</c> are the same choice, NaN equals NaN; the first match counts.</remarks>
public sealed class CategoricalDistribution : Distribution
{
    /// <param name="choices">At least one; null, bool, int, long, float, double, enum or string.</param>
    /// <exception cref="ArgumentException">No choice, or one of another type.</exception>
    public CategoricalDistribution(IEnumerable<object?> choices)
    {
        Choices = [.. choices.Select(CategoricalChoice.Normalize)];
        if (Choices.IsEmpty)
            throw new ArgumentException("CategoricalDistribution: 'choices' must contain at least one element.");
    }

    public CategoricalDistribution(params object?[] choices) : this((IEnumerable<object?>)choices) { }

    /// <summary>Each null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/> or <see cref="string"/>.</summary>
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

        throw new ArgumentException($"'{external ?? "null"}' is not one of the choices ({string.Join(", ", Choices.Select(c => c ?? "null"))}).");
    }

    public override object? ToExternal(double internalValue) => Choices[(int)internalValue];

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

    // 1, 1.0 and true are equal choices, so only what they share may be hashed.
    public override int GetHashCode() => HashCode.Combine(3, Choices.Length);
}
