namespace Optuna.Distributions;

/// <summary>Python's idea of equal choices, on .NET values.</summary>
internal static class CategoricalChoice
{
    /// <summary>Brings a user's value to one of the five kept types: null, bool, long, double, string.</summary>
    /// <exception cref="ArgumentException">Of another type.</exception>
    public static object? Normalize(object? choice) => choice switch
    {
        null or bool or long or double or string => choice,
        int i => (long)i,
        short s => (long)s,
        byte b => (long)b,
        uint u => (long)u,
        float f => (double)f,
        decimal m => (double)m,
        char c => c.ToString(),
        Enum e => e.ToString(),
        _ => throw new ArgumentException(
            $"CategoricalDistribution: a choice of type {choice.GetType().Name} is not supported; use null, bool, a number, text or an enum."),
    };

    public static bool Same(object? a, object? b)
    {
        if (b is not (null or bool or long or double or string))
        {
            if (b is not (int or short or byte or uint or float or decimal or char or Enum))
                return false;
            b = Normalize(b);
        }

        return (a, b) switch
        {
            (null, null) => true,
            (string x, string y) => x == y,
            (bool or long, bool or long) => Whole(a) == Whole(b),
            (double x, double y) => x.Equals(y),
            (double x, bool or long) => x == Whole(b),
            (bool or long, double y) => Whole(a) == y,
            _ => false,
        };
    }

    private static long Whole(object? value) => value is bool b ? (b ? 1 : 0) : (long)value!;
}
