using System.Text;

namespace Optuna.Pbm.Wire;

/// <summary>A typed line as words: blanks part them, quotes of either kind hold them together, a backslash takes the next character as it is.</summary>
internal static class Words
{
    /// <exception cref="FormatException">A quote is not closed.</exception>
    public static IReadOnlyList<string> Split(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '\\' && i + 1 < line.Length)
                (word ??= new StringBuilder()).Append(line[++i]);
            else if (quote != '\0' && c == quote)
                quote = '\0';
            else if (quote != '\0')
                word!.Append(c);
            else if (c is '"' or '\'')
                (quote, word) = (c, word ?? new StringBuilder());
            else if (!char.IsWhiteSpace(c))
                (word ??= new StringBuilder()).Append(c);
            else if (word is not null)
            {
                words.Add(word.ToString());
                word = null;
            }
        }

        if (quote != '\0')
            throw new FormatException($"A quote ({quote}) is opened and not closed.");
        if (word is not null)
            words.Add(word.ToString());
        return words;
    }
}
