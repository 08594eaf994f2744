using System.Numerics;

namespace Optuna.Json;

/// <summary>From what <see cref="PythonJson.Read(string)"/> gives to the type a caller asks for.</summary>
internal static class JsonConversion
{
    // decimal.MaxValue is not a double; this is the largest double below it.
    private const double LargestDecimal = 7.9228162514264328e28;

    public static object? To(object? value, Type type)
    {
        if (type == typeof(object))
            return value;
        if (type.IsSZArray)
            return value is null ? null : ToArray(value as List<object?> ?? throw Mismatch(value, type), type.GetElementType()!);
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        if (Convert(value, wanted) is { } converted)
            return converted;
        return value is null && (!type.IsValueType || wanted != type) ? null : throw Mismatch(value, type);
    }

    /// <summary>The number when it is a whole one, written as 3 or as 3.0; null for all else.</summary>
    public static BigInteger? Whole(object? value) => value switch
    {
        long l => l,
        BigInteger b => b,
        double d when double.IsInteger(d) => new BigInteger(d),
        _ => null,
    };

    /// <summary>The number as a double, infinite when a whole number is too large for one; null for all else.</summary>
    public static double? Real(object? value) => value switch
    {
        double d => d,
        long l => l,
        BigInteger b => (double)b,
        _ => null,
    };

    private static Array ToArray(List<object?> list, Type element)
    {
        var array = Array.CreateInstance(element, list.Count);
        for (var i = 0; i < list.Count; i++)
            array.SetValue(To(list[i], element), i);
        return array;
    }

    private static object? Convert(object? value, Type type)
    {
        if (type == typeof(string))
            return value as string;
        if (type == typeof(bool))
            return value as bool?;
        if (type == typeof(double))
            return Real(value);
        if (type == typeof(float))
            return (float?)Real(value);
        if (type == typeof(decimal))
            return ToDecimal(value);
        if (type == typeof(BigInteger))
            return Whole(value);
        if (type == typeof(long))
            return Whole(value) is { } l && l >= long.MinValue && l <= long.MaxValue ? (long)l : null;
        if (type == typeof(int))
            return Whole(value) is { } i && i >= int.MinValue && i <= int.MaxValue ? (int)i : null;
        throw new ArgumentException($"JSON cannot be read as {type}; use bool, string, int, long, float, double, decimal, BigInteger, an array of these, or object.");
    }

    private static decimal? ToDecimal(object? value) => value switch
    {
        long l => l,
        BigInteger b when BigInteger.Abs(b) <= new BigInteger(decimal.MaxValue) => (decimal)b,
        double d when Math.Abs(d) <= LargestDecimal => (decimal)d,
        _ => null,
    };

    private static InvalidCastException Mismatch(object? value, Type type)
    {
        var text = PythonJson.Write(value);
        return new InvalidCastException($"The JSON value {(text.Length <= 60 ? text : text[..60] + "…")} cannot be read as {type.Name}.");
    }
}
