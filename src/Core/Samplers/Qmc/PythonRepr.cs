using System.Globalization;
using System.Numerics;
using System.Text;
using Optuna.Distributions;
using Optuna.Json;

namespace Optuna.Samplers.Qmc;

/// <summary>Distributions as Python prints them: part of the name under which Optuna counts the points of a sequence.</summary>
internal static class PythonRepr
{
    internal static string Of(Distribution distribution) => distribution switch
    {
        FloatDistribution d => $"FloatDistribution(high={Number(d.High)}, log={Flag(d.Log)}, low={Number(d.Low)}, step={(d.Step is { } step ? Number(step) : "None")})",
        IntDistribution d => string.Create(CultureInfo.InvariantCulture, $"IntDistribution(high={d.High}, log={Flag(d.Log)}, low={d.Low}, step={d.Step})"),
        CategoricalDistribution d => $"CategoricalDistribution(choices=({string.Join(", ", d.Choices.Select(Choice))}{(d.Choices.Length == 1 ? "," : "")}))",
        _ => throw new ArgumentException($"{distribution} is of no known kind."),
    };

    private static string Choice(object? choice) => choice switch
    {
        null => "None",
        bool b => Flag(b),
        long l => l.ToString(CultureInfo.InvariantCulture),
        BigInteger b => b.ToString(CultureInfo.InvariantCulture),
        double d => Number(d),
        string s => Text(s),
        _ => choice.ToString()!,
    };

    private static string Flag(bool value) => value ? "True" : "False";

    private static string Number(double value) =>
        double.IsNaN(value) ? "nan"
        : double.IsInfinity(value) ? (value > 0 ? "inf" : "-inf")
        : PythonJson.FormatDouble(value);

    private static string Text(string value)
    {
        var quote = value.Contains('\'') && !value.Contains('"') ? '"' : '\'';
        var text = new StringBuilder().Append(quote);
        foreach (var rune in value.EnumerateRunes())
        {
            var code = rune.Value;
            _ = code switch
            {
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                _ when code == quote => text.Append('\\').Append(quote),
                _ when code == ' ' || IsPrintable(rune) => text.Append(rune.ToString()),
                <= 0xFF => text.Append(CultureInfo.InvariantCulture, $"\\x{code:x2}"),
                <= 0xFFFF => text.Append(CultureInfo.InvariantCulture, $"\\u{code:x4}"),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\U{code:x8}"),
            };
        }

        return text.Append(quote).ToString();
    }

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
