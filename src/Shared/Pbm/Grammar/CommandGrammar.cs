using System.Globalization;

namespace Optuna.Cluster.Pbm.Grammar;

/// <summary>The palettes of a node, and how a line of words becomes a command of theirs.</summary>
internal sealed class CommandGrammar(IReadOnlyList<Palette> palettes)
{
    private const string Help = "help";

    public IReadOnlyList<Palette> Palettes { get; } = palettes;

    /// <summary>Whether the words ask for help, of whatever; then <see cref="HelpFor"/> answers.</summary>
    public static bool IsHelp(IReadOnlyList<string> words) => words is [Help, ..] or [.., Help or "--help" or "-h" or "-?"];

    /// <summary>A page about everything, a palette or a command.</summary>
    /// <exception cref="CommandUsageException">There is no such palette or command.</exception>
    public string HelpFor(IReadOnlyList<string> words)
    {
        var about = (words[0] == Help ? words.Skip(1) : words.SkipLast(1)).ToList();
        return about switch
        {
            [] => CommandHelp.Of(this),
            [var name] => CommandHelp.Of(PaletteOf(name)),
            [var name, var command, ..] => CommandHelp.Of(PaletteOf(name), CommandOf(PaletteOf(name), command)),
        };
    }

    /// <exception cref="CommandUsageException">No such command, or not its arguments; the sentence names what is wrong.</exception>
    public (PbmCommand Command, IReadOnlyDictionary<string, string> Values) Parse(IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            throw new CommandUsageException("No command is given. 'help' lists them.");
        var palette = PaletteOf(words[0]);
        if (words.Count == 1)
            throw new CommandUsageException($"Which command of '{palette.Name}'? {Names(palette.Commands.Select(c => c.Name))}.");
        var command = CommandOf(palette, words[1]);
        try
        {
            return (command, Values(command, [.. words.Skip(2)]));
        }
        catch (CommandUsageException e)
        {
            throw new CommandUsageException($"{e.Message} Usage: {palette.Name} {command.Usage}");
        }
    }

    private Palette PaletteOf(string name) => Palettes.FirstOrDefault(p => p.Name == name)
        ?? throw new CommandUsageException($"This node has no commands '{name}'. It has: {Names(Palettes.Select(p => p.Name))}.");

    private static PbmCommand CommandOf(Palette palette, string name) => palette.Commands.FirstOrDefault(c => c.Name == name)
        ?? throw new CommandUsageException($"There is no '{palette.Name} {name}'. There is: {Names(palette.Commands.Select(c => c.Name))}.");

    private static Dictionary<string, string> Values(PbmCommand command, IReadOnlyList<string> words)
    {
        var values = new Dictionary<string, string>();
        // An only parameter needs no switch: 'cluster leave ADDRESS'.
        var places = new Queue<Parameter>(command.Parameters.Where(p => p.Short is null || command.Parameters.Count == 1));
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]))
            {
                var parameter = command.Parameters.FirstOrDefault(p => p.IsTypedAs(word))
                    ?? throw new CommandUsageException($"There is no switch '{word}'.");
                if (++i == words.Count)
                    throw new CommandUsageException($"'{word}' needs a value.");
                Set(values, parameter, word, words[i]);
            }
            else if (places.TryDequeue(out var parameter))
                Set(values, parameter, parameter.Name.ToUpperInvariant(), word);
            else
                throw new CommandUsageException($"'{word}' is one argument too many.");
        }

        foreach (var parameter in command.Parameters.Where(p => !values.ContainsKey(p.Name)))
        {
            if (parameter.Required)
                throw new CommandUsageException($"{parameter.Usage} is missing.");
            if (parameter.Default is { } value)
                values.Add(parameter.Name, value);
        }

        return values;
    }

    private static void Set(Dictionary<string, string> values, Parameter parameter, string typed, string value)
    {
        if (parameter.Least is { } least && !(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least))
            throw new CommandUsageException($"{typed}: '{value}' is not a whole number of at least {least}.");
        if (value.Length == 0)
            throw new CommandUsageException($"{typed} is empty.");
        if (!values.TryAdd(parameter.Name, value))
            throw new CommandUsageException($"{typed} is given twice.");
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);
}
