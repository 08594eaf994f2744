using System.Globalization;
using Optuna.Pbm.Wire;

namespace Optuna.Pbm;

/// <summary>What <c>pbm</c> itself is told; the command that follows is the node's to understand.</summary>
/// <param name="Words">The command; none: a prompt.</param>
internal sealed record PbmArguments(string Host, int Port, bool Json, string? Token, bool WantsUsage, IReadOnlyList<string> Words)
{
    public const string Usage = """
        Usage: pbm [HOST:PORT] [--json] [--token-file FILE] [COMMAND ...]

        Looks into a running node of Optuna.Actors. Without a command it prompts for them; 'pbm help' lists those of the node.

          HOST:PORT           The node's command host. Default 127.0.0.1:9110.
          --json              Results as JSON, one object on each line.
          --token-file FILE   A file with the token the node asks for. [environment: OPTUNA_TOKEN_FILE, or OPTUNA_TOKEN with the token itself]

        Exit codes: 0 done, 1 refused, 2 no such command or not its arguments, 3 the node cannot be reached, 4 the token does not allow it,
        130 interrupted.
        """;

    /// <exception cref="ArgumentException">An option is unknown or incomplete, or a file cannot be read.</exception>
    public static PbmArguments Parse(IReadOnlyList<string> args)
    {
        var (at, json, usage) = ((Host: "127.0.0.1", Port: PbmProtocol.DefaultPort), false, false);
        string? file = null;
        var i = 0;
        // Ours stand before the command: what stands behind its first word belongs to it.
        for (; i < args.Count; i++)
        {
            if (args[i] is "--json" or "-j")
                json = true;
            else if (args[i] is "--token-file")
                file = ++i < args.Count ? args[i] : throw new ArgumentException("--token-file: a file is expected.");
            else if (args[i] is "--help" or "-h" or "-?")
                usage = true;
            else if (args[i].StartsWith('-'))
                throw new ArgumentException($"There is no option '{args[i]}'. 'pbm --help' lists them.");
            else if (Address(args[i]) is { } address)
                at = address;
            else
                break;
        }

        return new PbmArguments(at.Host, at.Port, json, usage ? null : Secret(file), usage, [.. args.Skip(i)]);
    }

    // A palette's name has no colon.
    private static (string Host, int Port)? Address(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0)
            return null;
        if (colon == 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            throw new ArgumentException($"'{text}' is no address of a node: HOST:PORT is expected.");
        return (text[..colon].Trim('[', ']'), port);
    }

    private static string? Secret(string? file)
    {
        if (file is null && Environment.GetEnvironmentVariable("OPTUNA_TOKEN") is { Length: > 0 } token)
            return token;
        file ??= Environment.GetEnvironmentVariable("OPTUNA_TOKEN_FILE") is { Length: > 0 } named ? named : null;
        try
        {
            return file is null ? null : File.ReadAllText(file).Trim() is { Length: > 0 } text ? text : throw new ArgumentException($"The token file '{file}' is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"The token file cannot be read: {e.Message}", e);
        }
    }
}
