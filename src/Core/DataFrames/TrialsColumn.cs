using System.Globalization;

namespace Optuna.DataFrames;

/// <summary>What the values of a column are; a value may always be missing.</summary>
public enum ColumnKind
{
    /// <summary><see cref="double"/>.</summary>
    Real,

    /// <summary><see cref="long"/>.</summary>
    Whole,

    /// <summary><see cref="bool"/>.</summary>
    Truth,

    /// <summary><see cref="DateTime"/>, UTC.</summary>
    Time,

    /// <summary><see cref="TimeSpan"/>.</summary>
    Span,

    /// <summary><see cref="string"/>; also values of several kinds, and lists and objects as their JSON text.</summary>
    Text,
}

/// <summary>A column of a <see cref="TrialsFrame"/>: the attribute, and of an attribute with parts which part.</summary>
/// <param name="Attribute">Such as <c>params</c>.</param>
/// <param name="Part">Such as the parameter's name; empty for an attribute without parts.</param>
/// <param name="Values">By row; null where there is none.</param>
public sealed record TrialsColumn(string Attribute, string Part, ColumnKind Kind, IReadOnlyList<object?> Values)
{
    /// <summary>Both joined: <c>params_x</c>, <c>values_0</c>, <c>number</c>.</summary>
    public string Name => Part.Length == 0 ? Attribute : $"{Attribute}_{Part}";

    internal static TrialsColumn Of(string attribute, string part, object?[] values)
    {
        var kind = KindOf(values);
        return new TrialsColumn(attribute, part, kind, [.. values.Select(v => Convert(v, kind))]);
    }

    private static ColumnKind KindOf(object?[] values)
    {
        var kinds = values.Where(v => v is not null).Select(v => v switch
        {
            double => ColumnKind.Real,
            long or int => ColumnKind.Whole,
            bool => ColumnKind.Truth,
            DateTime => ColumnKind.Time,
            TimeSpan => ColumnKind.Span,
            _ => ColumnKind.Text,
        }).ToHashSet();
        // A column of nothing is one of missing numbers, as it is in pandas.
        return kinds.Count switch
        {
            0 => ColumnKind.Real,
            1 => kinds.First(),
            2 when kinds.SetEquals([ColumnKind.Real, ColumnKind.Whole]) => ColumnKind.Real,
            _ => ColumnKind.Text,
        };
    }

    private static object? Convert(object? value, ColumnKind kind) => (kind, value) switch
    {
        (_, null) => null,
        (ColumnKind.Real, _) => System.Convert.ToDouble(value, CultureInfo.InvariantCulture),
        (ColumnKind.Whole, _) => System.Convert.ToInt64(value, CultureInfo.InvariantCulture),
        (ColumnKind.Text, not string) => Json.PythonJson.Write(value),
        _ => value,
    };
}
