namespace Optuna.Samplers;

/// <summary>Refusals of sampler options, by Optuna's names.</summary>
internal static class OptionRange
{
    /// <exception cref="ArgumentException">It is less.</exception>
    internal static int AtLeast(int least, int value, string name) => value >= least
        ? value
        : throw new ArgumentException($"{name} must be {least} or more, but it is {value}.");

    /// <exception cref="ArgumentException">It is not from 0 to 1.</exception>
    internal static double Probability(double value, string name) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentException($"{name} must be from 0 to 1, but it is {value:R}.");

    /// <exception cref="ArgumentException">It is infinite or NaN.</exception>
    internal static double Finite(double value, string name) => double.IsFinite(value)
        ? value
        : throw new ArgumentException($"{name} must be a finite number, but it is {value:R}.");
}
