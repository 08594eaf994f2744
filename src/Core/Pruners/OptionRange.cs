namespace Optuna.Pruners;

/// <summary>Refusals of pruner options, by Optuna's names.</summary>
internal static class OptionRange
{
    /// <exception cref="ArgumentException">It is less.</exception>
    public static void AtLeast(string name, long least, long value)
    {
        if (value < least)
            throw new ArgumentException($"'{name}' must be at least {least} (it is {value}).");
    }
}
