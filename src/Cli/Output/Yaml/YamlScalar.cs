namespace Optuna.Cli.Output.Yaml;

internal enum YamlStyle
{
    Plain,
    Single,
    Double,
}

/// <summary>How a text must be written so that a reader gets it back.</summary>
internal static class YamlScalar
{
    public static YamlStyle StyleOfText(string text)
    {
        if (text.Length == 0)
            return YamlStyle.Single;
        // Everything that is not printable ASCII is escaped, and only double quotes know escapes.
        if (text.Any(c => c is not ('\n' or (>= ' ' and <= '~'))) || HasSpaceAtBreak(text))
            return YamlStyle.Double;
        return text.Contains('\n', StringComparison.Ordinal) || text[0] == ' ' || text[^1] == ' '
            || HasIndicator(text) || !YamlPlainTypes.IsText(text)
            ? YamlStyle.Single
            : YamlStyle.Plain;
    }

    private static bool HasSpaceAtBreak(string text) =>
        text.Contains(" \n", StringComparison.Ordinal) || text.Contains("\n ", StringComparison.Ordinal);

    private static bool HasIndicator(string text)
    {
        if (text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal)
            || "#,[]{}&*!|>'\"%@`".Contains(text[0], StringComparison.Ordinal))
            return true;
        for (var i = 0; i < text.Length; i++)
        {
            var spaceFollows = i + 1 == text.Length || text[i + 1] == ' ';
            if ((text[i] == ':' && spaceFollows)
                || (i == 0 && text[i] is '?' or '-' && spaceFollows)
                || (i > 0 && text[i] == '#' && text[i - 1] == ' '))
                return true;
        }

        return false;
    }
}
