namespace Optuna.Json;

/// <summary>
/// The JSON dialect of Python's <c>json</c> module, which Optuna's stores, journals and wire carry: the literals
/// NaN, Infinity and -Infinity, whole numbers without a limit, <c>", "</c> and <c>": "</c> as separators, ASCII only.
/// </summary>
/// <remarks>What <see cref="Write"/> makes is byte for byte what <c>json.dumps</c> makes of the same value.</remarks>
public static class PythonJson
{
    /// <summary>Containers may be nested this deep, in both directions.</summary>
    public const int MaxDepth = 200;

    /// <summary>JSON text of a value.</summary>
    /// <param name="value">
    /// null, <see cref="bool"/>, any whole or real number (<see cref="float"/> and <see cref="decimal"/> are written as
    /// <see cref="double"/>), <see cref="string"/>, <see cref="char"/>, an enum (its name), a <see cref="JsonText"/> (as it
    /// stands), a dictionary with text, number or enum keys, or a sequence of these.
    /// </param>
    /// <exception cref="ArgumentException">Something in it is of another type (the message names it), or is nested too deep.</exception>
    public static string Write(object? value) => PythonJsonWriter.Write(value);

    /// <summary>
    /// The value of a JSON text: null, <see cref="bool"/>, <see cref="long"/> (<see cref="System.Numerics.BigInteger"/>
    /// beyond its range, so nothing is rounded), <see cref="double"/>, <see cref="string"/>, <c>List&lt;object?&gt;</c> or
    /// <c>Dictionary&lt;string, object?&gt;</c> in the order written, where the last of equal names wins.
    /// </summary>
    /// <exception cref="FormatException">Not JSON, text behind the value, too deep, or a whole number of over 4300 digits; the message has the position.</exception>
    public static object? Read(string text) => Read(text, uniqueNames: false);

    /// <summary>As <see cref="Read(string)"/>; with <paramref name="uniqueNames"/>, equal names in one object are refused.</summary>
    internal static object? Read(string text, bool uniqueNames)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new PythonJsonReader(text, uniqueNames).ReadWhole();
    }

    /// <summary>Python's <c>repr</c> of a float inside JSON: the shortest digits that read back to the same number (1.0, 1e-05, 1e+16, NaN).</summary>
    public static string FormatDouble(double value) => PythonDouble.Format(value);
}
