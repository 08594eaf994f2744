using System.Globalization;
using System.Numerics;
using Optuna.Json;
using Optuna.Trials;

namespace Optuna.Visualization;

/// <summary>Texts as plotly.js shows them. It draws some HTML tags, so what users named is escaped and stays text.</summary>
internal static class PlotText
{
    internal static string Escape(string text) => text.AsSpan().IndexOfAny("<>&") < 0
        ? text
        : text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>A parameter's value as Python's <c>str</c> shows it.</summary>
    internal static string Str(object? value) => value is string text ? Escape(text) : Repr(value);

    /// <summary>A parameter's value as Python's <c>repr</c> shows it.</summary>
    internal static string Repr(object? value) => value switch
    {
        null => "None",
        bool b => PythonRepr.Of(b),
        double d => PythonRepr.Of(d),
        string s => Escape(PythonRepr.Of(s)),
        long or BigInteger => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        JsonText json => Escape(json.Text),
        _ => Escape(value.ToString() ?? ""),
    };

    /// <summary>As C's <c>%.Ng</c>: so many significant digits, no zeros at the end.</summary>
    internal static string General(double value, int digits) => double.IsFinite(value)
        ? value.ToString($"G{digits}", CultureInfo.InvariantCulture).Replace('E', 'e')
        : PythonRepr.Of(value);

    /// <summary>Number, values, parameters and the user's attributes as indented JSON, a line break as <c>&lt;br&gt;</c>.</summary>
    internal static string Hover(FrozenTrial trial)
    {
        var shown = new Dictionary<string, object?>
        {
            ["number"] = (long)trial.Number,
            ["values"] = trial.Values.IsEmpty ? null : trial.Values,
            ["params"] = trial.Params,
        };
        if (!trial.UserAttrs.IsEmpty)
            shown["user_attrs"] = trial.UserAttrs.ToDictionary(a => a.Key, a => (object?)new JsonText(a.Value));
        return Escape(IndentedJson.Write(shown)).Replace("\n", "<br>", StringComparison.Ordinal);
    }
}
