using System.CommandLine.Parsing;

namespace Optuna.Cli.Commands;

/// <summary>The names of an enum as words of a command line.</summary>
internal static class Choices<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> s_values = Enum.GetValues<T>().ToDictionary(v => v.ToString().ToLowerInvariant());

    public static string Names => string.Join(", ", s_values.Keys);

    public static T Read(SymbolResult result, string option, string text)
    {
        if (s_values.TryGetValue(text, out var value))
            return value;
        result.AddError($"{option}: '{text}' is not one of {Names}.");
        return default;
    }
}
