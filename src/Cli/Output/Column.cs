using System.Globalization;

namespace Optuna.Cli.Output;

/// <summary>Where a value of a record belongs: a column, or a named or numbered part of one.</summary>
/// <param name="Part">Empty for the column as a whole.</param>
/// <param name="Index">Of a part without a name: the position in a list.</param>
internal readonly record struct Column(string Name, string Part = "", int? Index = null)
{
    public bool IsWhole => Part.Length == 0 && Index is null;

    /// <summary>Name of the column when every part has one of its own: <c>params_x</c>, <c>values_0</c>.</summary>
    public string FlatName => Index is { } i
        ? string.Create(CultureInfo.InvariantCulture, $"{Name}_{i}")
        : Part.Length == 0 ? Name : $"{Name}_{Part}";
}
