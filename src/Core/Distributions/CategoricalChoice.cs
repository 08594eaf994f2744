using System.Numerics;
using Optuna.Json;

namespace Optuna.Distributions;

/// <summary>Python's idea of equal choices, on .NET values.</summary>
internal static class CategoricalChoice
{
    /// <summary>Brings a user's value to one of the kept types: null, bool, long, BigInteger beyond long, double, string, JsonText.</summary>
    /// <exception cref="ArgumentException">Of another type.</exception>
    public static object? Normalize(object? choice) => TryNormalize(choice, out var kept)
        ? kept
        : throw new ArgumentException(
            $"CategoricalDistribution: a choice of type {choice!.GetType().Name} is not supported; use null, bool, a number, text, an enum or JsonText.");

    /// <param name="a">A kept choice.</param>
    /// <param name="b">A user's value, of any type.</param>
    public static bool Same(object? a, object? b) => ReferenceEquals(a, b) || TryNormalize(b, out var other) && (a, other) switch
    {
        (null, null) => true,
        (string x, string y) => x == y,
        (JsonText x, JsonText y) => x == y,
        (double x, double y) => x.Equals(y),
        (double x, bool or long or BigInteger) => double.IsInteger(x) && new BigInteger(x) == Whole(other),
        (bool or long or BigInteger, double y) => double.IsInteger(y) && new BigInteger(y) == Whole(a),
        (bool or long or BigInteger, bool or long or BigInteger) => Whole(a) == Whole(other),
        _ => false,
    };

    /// <summary>Equal for choices that are the same: 1, 1.0 and true are.</summary>
    public static int Hash(object? choice) => choice switch
    {
        null => 0,
        bool or long or BigInteger => ((double)Whole(choice)).GetHashCode(),
        _ => choice.GetHashCode(),
    };

    private static bool TryNormalize(object? choice, out object? kept)
    {
        kept = choice switch
        {
            null or bool or long or double or string or JsonText => choice,
            int i => (long)i,
            short s => (long)s,
            sbyte s => (long)s,
            byte b => (long)b,
            ushort u => (long)u,
            uint u => (long)u,
            ulong u => Narrow(u),
            BigInteger b => Narrow(b),
            float f => (double)f,
            decimal m => (double)m,
            char c => c.ToString(),
            Enum e => e.ToString(),
            _ => null,
        };
        return kept is not null || choice is null;
    }

    private static object Narrow(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? (long)value : value;

    private static BigInteger Whole(object? value) => value switch
    {
        bool b => b ? 1 : 0,
        long l => l,
        _ => (BigInteger)value!,
    };
}
