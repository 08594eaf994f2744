namespace Optuna.Cli.Output;

/// <summary>A list that Python would print in round brackets: <c>('MINIMIZE',)</c>. In JSON and YAML a list like any other.</summary>
internal sealed class PythonTuple(IEnumerable<object?> items) : List<object?>(items);
