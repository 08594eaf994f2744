using System.CommandLine;
using System.CommandLine.Parsing;

namespace Optuna.Bench;

/// <summary>Options that take several values: repeated, or separated by commas.</summary>
internal static class Lists
{
    public const string All = "all";
    public const string None = "none";

    /// <param name="read">Throws <see cref="ArgumentException"/> for a text that will not do.</param>
    public static Option<T[]> Of<T>(string name, T[] fallback, Func<string, T> read, string description) => new(name)
    {
        Description = description + " Repeatable, or separated by commas.",
        DefaultValueFactory = _ => fallback,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => Read(result, name, read),
    };

    /// <summary>Some of a set of known names, or <see cref="All"/>, or <see cref="None"/>.</summary>
    public static Option<string[]> OfNames(string name, IReadOnlyCollection<string> known, string[] fallback, string description) => new(name)
    {
        Description = $"{description} Repeatable, or separated by commas: {string.Join(", ", known)}; {All}, {None}.",
        DefaultValueFactory = _ => fallback,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result =>
        {
            var chosen = Read(result, name, text => text is All or None || known.Contains(text)
                ? text
                : throw new ArgumentException($"there is no '{text}'; there are {string.Join(", ", known)}, {All} and {None}."));
            return chosen.Contains(All) ? [.. known] : [.. chosen.Where(c => c != None)];
        },
    };

    private static T[] Read<T>(ArgumentResult result, string option, Func<string, T> read)
    {
        try
        {
            return [.. result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.TrimEntries)).Select(read).Distinct()];
        }
        catch (ArgumentException e)
        {
            result.AddError($"{option}: {e.Message}");
            return [];
        }
    }
}
