using System.Globalization;

namespace Optuna.Json;

/// <summary>Python's <c>repr</c> of a float, with JSON's spelling of what is not finite.</summary>
internal static class PythonDouble
{
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

        // Same digits as Python, but .NET uses an exponent at other magnitudes.
        var shortest = Shortest(value).AsSpan();
        var sign = shortest[0] == '-' ? "-" : "";
        shortest = shortest[sign.Length..];
        var e = shortest.IndexOf('E');
        var exponent = e < 0 ? 0 : int.Parse(shortest[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? shortest : shortest[..e];
        var dot = mantissa.IndexOf('.');
        var whole = dot < 0 ? mantissa : mantissa[..dot];
        var fraction = dot < 0 ? "" : mantissa[(dot + 1)..];
        if (e < 0 && whole.Length <= 16)
            return $"{sign}{whole}.{(fraction.IsEmpty ? "0" : fraction)}";

        // The value is 0.DIGITS times ten to the power of point.
        var digits = $"{whole}{fraction}";
        var point = whole.Length + exponent;
        if (point is > 0 and <= 16)
        {
            digits = digits.PadRight(point + 1, '0');
            return $"{sign}{digits.AsSpan(0, point)}.{digits.AsSpan(point)}";
        }

        digits = digits.TrimEnd('0');
        var scale = point - 1;
        return $"{sign}{digits[0]}{(digits.Length > 1 ? "." : "")}{digits.AsSpan(1)}e{(scale < 0 ? '-' : '+')}{Math.Abs(scale):00}";
    }

    private static string Shortest(double value)
    {
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);

        // Below a power of two the neighbours are half as far, which "R" overlooks: 2^-25 comes out one digit short.
        return double.Parse(shortest, CultureInfo.InvariantCulture) == value ? shortest : value.ToString("G17", CultureInfo.InvariantCulture);
    }
}
