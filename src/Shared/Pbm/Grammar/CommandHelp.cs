namespace Optuna.Cluster.Pbm.Grammar;

/// <summary>Pages of help, made from the palettes.</summary>
internal static class CommandHelp
{
    public static string Of(CommandGrammar grammar)
    {
        var lines = grammar.Palettes.SelectMany(p => Commands(p).Prepend((p.Name, p.Summary)));
        return $"""
            {Table(lines)}

            'help PALETTE' or 'help PALETTE COMMAND' says more.
            """;
    }

    public static string Of(Palette palette) => $"{palette.Name}: {palette.Summary}\n\n{Table(Commands(palette))}";

    public static string Of(Palette palette, PbmCommand command)
    {
        var lines = new List<string> { $"Usage: {palette.Name} {command.Usage}", "", command.Summary };
        if (command.Parameters.Count > 0)
            lines.AddRange(["", Table(command.Parameters.Select(p => ($"  {Typed(p)}", Said(p))))]);
        if (command.Streams)
            lines.AddRange(["", "It goes on until it is ended with ctrl-C."]);
        if (command.Needs == Access.Change)
            lines.AddRange(["", "Where the node asks for tokens it needs an admin's."]);
        else if (command.ChangesWith is { } parameter)
            lines.AddRange(["", $"With {parameter.ToUpperInvariant()} it needs an admin's token where the node asks for tokens."]);
        return string.Join('\n', lines);
    }

    private static IEnumerable<(string, string)> Commands(Palette palette) => palette.Commands.Select(c => ($"  {c.Usage}", c.Summary));

    private static string Typed(Parameter parameter)
    {
        var value = parameter.Name.ToUpperInvariant();
        return parameter.Short is { } letter ? $"-{letter}, --{parameter.Name} {value}" : value;
    }

    private static string Said(Parameter parameter) => parameter.Default is { } value ? $"{parameter.Summary} Default {value}." : parameter.Summary;

    private static string Table(IEnumerable<(string Left, string Right)> rows)
    {
        var all = rows.ToList();
        var width = all.Max(r => r.Left.Length) + 2;
        return string.Join('\n', all.Select(r => (r.Left.PadRight(width) + r.Right).TrimEnd()));
    }
}
