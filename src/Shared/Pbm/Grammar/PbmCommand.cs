namespace Optuna.Cluster.Pbm.Grammar;

/// <summary>What somebody may do at a node.</summary>
internal enum Access
{
    Nothing,

    /// <summary>Ask; change nothing.</summary>
    Look,

    /// <summary>Also what changes the cluster, a study or the node.</summary>
    Change,
}

/// <summary>A command of a palette.</summary>
/// <param name="Needs">What its caller must be allowed.</param>
/// <param name="RunAsync">Refuses with <see cref="CommandRefusedException"/> or an <see cref="OptunaException"/>.</param>
internal sealed record PbmCommand(string Name, string Summary, Access Needs, Func<CommandCall, Task> RunAsync)
{
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>A parameter that turns a question into a change; null: there is none.</summary>
    public string? ChangesWith { get; init; }

    /// <summary>Goes on until its caller ends it.</summary>
    public bool Streams { get; init; }

    public string Usage => string.Join(' ', [Name, .. Parameters.Select(p => p.Usage)]);

    /// <summary>What a caller with these values must be allowed.</summary>
    public Access NeedsWith(IReadOnlyDictionary<string, string> values) =>
        ChangesWith is { } parameter && values.ContainsKey(parameter) ? Access.Change : Needs;
}

/// <summary>Commands about one subject.</summary>
/// <param name="Name">The first word of each.</param>
internal sealed record Palette(string Name, string Summary, IReadOnlyList<PbmCommand> Commands);

/// <summary>A command with what it was told.</summary>
/// <param name="Values">By name of parameter; checked, and with defaults in place.</param>
internal sealed record CommandCall(PbmCommand Command, IReadOnlyDictionary<string, string> Values, ICommandOutput Output, CancellationToken Cancel)
{
    public string Value(string name) => Values[name];

    /// <returns>Null when it was not given and has no default.</returns>
    public string? Find(string name) => Values.GetValueOrDefault(name);

    public int Number(string name) => int.Parse(Values[name], System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Where a command's result goes.</summary>
internal interface ICommandOutput
{
    /// <summary>One line of the result, in the form its reader asked for.</summary>
    /// <param name="text">For people; null for what says nothing to them.</param>
    /// <param name="json">Made into a JSON object on a line; null for what only people need, such as a sum below a list.</param>
    Task RowAsync(string? text, object? json);
}

/// <summary>Understood and not done.</summary>
internal sealed class CommandRefusedException(string sentence) : Exception(sentence);

/// <summary>There is no such command, or it was told something else than it takes.</summary>
internal sealed class CommandUsageException(string sentence) : Exception(sentence);
