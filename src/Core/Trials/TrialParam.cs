using Optuna.Distributions;

namespace Optuna.Trials;

/// <summary>One suggested parameter of one trial.</summary>
/// <param name="Value">Internal form (see <see cref="Distributions.Distribution"/>).</param>
public readonly record struct TrialParam(string Name, Distribution Distribution, double Value)
{
    /// <summary>The value as the user sees it.</summary>
    public object? External => Distribution.ToExternal(Value);
}
