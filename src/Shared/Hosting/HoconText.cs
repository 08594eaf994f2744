using Akka.Configuration;

namespace Optuna.Cluster.Hosting;

/// <summary>HOCON that a person wrote, read with a sentence for what is wrong with it.</summary>
public static class HoconText
{
    /// <param name="path">Named in every fault, after <c>--hocon</c>.</param>
    /// <exception cref="ArgumentException">The file is not there, cannot be read or is not HOCON.</exception>
    public static Config ReadFile(string path)
    {
        if (!File.Exists(path))
            throw new ArgumentException($"--hocon: the file {path} does not exist.");
        try
        {
            var text = File.ReadAllText(path);
            if (Open(text) is var open and not 0)
                throw new FormatException(open > 0 ? $"{open} brace(s) are not closed." : $"{-open} brace(s) are closed that were not opened.");
            return ConfigurationFactory.ParseString(text);
        }
        catch (Exception e)
        {
            // The parser throws whatever its insides throw: at an unfinished text, for instance, that something is null.
            throw new ArgumentException($"--hocon: {path} cannot be read as HOCON: {e.Message}", e);
        }
    }

    // The parser takes the end of the text for the end of every open block, and the last value for a missing one.
    private static int Open(string text)
    {
        var open = 0;
        foreach (var line in text.Split('\n'))
        {
            var quoted = false;
            for (var i = 0; i < line.Length && (quoted || !IsComment(line, i)); i++)
            {
                quoted ^= line[i] == '"';
                open += quoted ? 0 : line[i] switch { '{' => 1, '}' => -1, _ => 0 };
            }
        }

        return open;
    }

    private static bool IsComment(string line, int at) => line[at] == '#' || line.AsSpan(at).StartsWith("//");
}
