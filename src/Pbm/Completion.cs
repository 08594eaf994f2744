using Optuna.Pbm.Wire;

namespace Optuna.Pbm;

/// <summary>What could be typed next, from what the node said it has.</summary>
internal static class Completion
{
    private static readonly string[] s_own = ["help", "exit"];

    /// <summary>The words that begin as the last one of the text does, where it stands.</summary>
    public static IReadOnlyList<string> Of(Welcome welcome, string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var typed = text.Length == 0 || text[^1] == ' ' ? "" : words[^1];
        if (typed.Length > 0)
            words.RemoveAt(words.Count - 1);
        var isHelp = words is ["help", ..];
        var before = isHelp ? words[1..] : words;
        var palette = welcome.Palettes.FirstOrDefault(p => p.Name == before.FirstOrDefault());
        var could = before.Count switch
        {
            0 => welcome.Palettes.Select(p => p.Name).Concat(isHelp ? [] : s_own),
            1 => palette?.Commands.Select(c => c.Name) ?? [],
            // Values are anybody's guess; switches come after a blank and a hyphen.
            _ when !isHelp && typed.StartsWith('-') => palette?.Commands.FirstOrDefault(c => c.Name == before[1])?.Switches ?? [],
            _ => [],
        };
        return [.. could.Where(c => c.StartsWith(typed, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }
}
