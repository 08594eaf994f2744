namespace Optuna.Samplers;

/// <summary>Refusals of sampler options, by Optuna's names.</summary>
internal static class OptionRange
{
    /// <exception cref="ArgumentException">It is less.</exception>
    internal static int AtLeast(int least, int value, string name) => value >= least
        ? value
        : throw new ArgumentException($"{name} must be {least} or more, but it is {value}.");
}
