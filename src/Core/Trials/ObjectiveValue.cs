namespace Optuna;

/// <summary>What an objective returns: one number, or one per objective.</summary>
public readonly struct ObjectiveValue
{
    private readonly double[]? _many;
    private readonly double _one;

    public ObjectiveValue(double value) => _one = value;

    /// <param name="values">None, or null, fails the trial.</param>
    public ObjectiveValue(params double[]? values) => _many = values ?? [];

    public System.Collections.Immutable.ImmutableArray<double> ToArray() => _many is null ? [_one] : [.. _many];

    public static implicit operator ObjectiveValue(double value) => new(value);

    public static implicit operator ObjectiveValue(double[]? values) => new(values);
}
