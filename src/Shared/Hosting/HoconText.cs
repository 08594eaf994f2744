using Akka.Configuration;

namespace Optuna.Cluster.Hosting;

/// <summary>HOCON that a person wrote, read with a sentence for what is wrong with it.</summary>
public static class HoconText
{
    private static readonly System.Text.UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="path">Named in every fault, after <c>--hocon</c>.</param>
    /// <exception cref="ArgumentException">The file is not there, cannot be read or is not HOCON.</exception>
    public static Config ReadFile(string path)
    {
        if (!File.Exists(path))
            throw new ArgumentException($"--hocon: the file {path} does not exist.");
        try
        {
            var text = s_strict.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
            // On such bytes the parser may go round in circles.
            foreach (var c in text)
            {
                if (char.IsControl(c) && c is not ('\t' or '\r' or '\n'))
                    throw new FormatException($"It has the control character U+{(int)c:X4}.");
            }

            if (Unbalanced(text) is { } fault)
                throw new FormatException(fault);
            return ConfigurationFactory.ParseString(text);
        }
        catch (Exception e)
        {
            // The parser throws whatever its insides throw: at an unfinished text, for instance, that something is null.
            throw new ArgumentException($"--hocon: {path} cannot be read as HOCON: {e.Message}", e);
        }
    }

    // The parser takes the end of the text for the end of every open block, and waits for ever for that of an open list.
    private static string? Unbalanced(string text)
    {
        var open = new Stack<char>();
        foreach (var line in text.Split('\n'))
        {
            var quoted = false;
            for (var i = 0; i < line.Length && (quoted || !IsComment(line, i)); i++)
            {
                quoted ^= line[i] == '"';
                if (quoted)
                    continue;
                if (line[i] is '{' or '[')
                    open.Push(line[i] == '{' ? '}' : ']');
                else if (line[i] is '}' or ']' && !(open.TryPop(out var due) && due == line[i]))
                    return $"A '{line[i]}' closes what is not open there.";
            }
        }

        return open.Count == 0 ? null : $"{open.Count} brace(s) or bracket(s) are not closed; '{open.Peek()}' is missing.";
    }

    private static bool IsComment(string line, int at) => line[at] == '#' || line.AsSpan(at).StartsWith("//");
}
