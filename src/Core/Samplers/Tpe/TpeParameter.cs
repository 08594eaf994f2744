using Optuna.Distributions;
using Optuna.Numerics;

namespace Optuna.Samplers.Tpe;

internal enum TpeParameterKind
{
    Continuous,
    Discrete,
    Categorical,
}

/// <summary>
/// What the estimators need to know of a parameter. Values are the distribution's internal representation: the number
/// itself (not its logarithm), or the index of the choice.
/// </summary>
/// <param name="Kind">Which kind of kernel it gets.</param>
/// <param name="Low">Smallest value.</param>
/// <param name="High">Largest value; on the grid when there is one.</param>
/// <param name="Step">Distance of the grid's points; 0 when continuous.</param>
/// <param name="Log">Whether kernels live on the logarithm.</param>
/// <param name="Choices">Number of choices; 0 when numeric.</param>
internal readonly record struct TpeParameter(
    TpeParameterKind Kind, double Low, double High, double Step, bool Log, int Choices)
{
    internal static TpeParameter Continuous(double low, double high, bool log = false) =>
        new(TpeParameterKind.Continuous, low, high, 0, log, 0);

    /// <summary>A float with a step, or an int, whose step is at least 1.</summary>
    internal static TpeParameter Discrete(double low, double high, double step, bool log = false) =>
        new(TpeParameterKind.Discrete, low, high, step, log, 0);

    internal static TpeParameter Categorical(int choices) =>
        new(TpeParameterKind.Categorical, 0, choices - 1, 1, false, choices);

    internal static TpeParameter Of(Distribution distribution) => distribution switch
    {
        FloatDistribution { Step: { } step } d => Discrete(d.Low, d.High, step),
        FloatDistribution d => Continuous(d.Low, d.High, d.Log),
        IntDistribution d => Discrete(d.Low, d.High, d.Step, d.Log),
        CategoricalDistribution d => Categorical(d.Choices.Length),
        _ => throw new ArgumentException($"TPE has no kernels for {distribution}.", nameof(distribution)),
    };

    /// <summary>Lower end of the kernels' support: half a step below <see cref="Low"/>, as a logarithm if <see cref="Log"/>.</summary>
    internal double SupportLow => Bound(Low - (0.5 * Step));

    /// <summary>Upper end of the kernels' support.</summary>
    internal double SupportHigh => Bound(High + (0.5 * Step));

    /// <summary>A value on the scale the kernels live on.</summary>
    internal double Scaled(double value) => Log ? VectorMath.Log(value) : value;

    private double Bound(double value) => Log ? Math.Log(value) : value;
}
