using Optuna.Pbm.Wire;

namespace Optuna.Pbm;

/// <summary>Where typed lines come from.</summary>
internal interface ILines
{
    /// <returns>Null at the end.</returns>
    string? Next(string prompt);
}

/// <summary>Runs commands and prints what they answer.</summary>
internal sealed class PbmShell(PbmConnection connection, PbmArguments arguments, Interrupts interrupts, TextWriter output, TextWriter errors)
{
    /// <summary>One command.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        var interrupted = interrupts.Begin();
        try
        {
            return await connection.RunAsync(words, interrupted, Print, sentence => errors.WriteLine(sentence)).ConfigureAwait(false);
        }
        finally
        {
            interrupts.End();
        }
    }

    /// <summary>Line after line, until the end or <c>exit</c>.</summary>
    /// <returns>The exit code of the last command that was not done, for scripts; 0 when all were.</returns>
    public async Task<int> LoopAsync(ILines lines)
    {
        var code = (int)ExitCode.Done;
        while (lines.Next($"[{arguments.Host}:{arguments.Port}] pbm> ") is { } line)
        {
            try
            {
                if (Words.Split(line) is not { Count: > 0 } words)
                    continue;
                if (words is ["exit" or "quit"])
                    break;
                if (await RunAsync(words).ConfigureAwait(false) is var ended and not 0)
                    code = ended;
            }
            catch (FormatException e)
            {
                errors.WriteLine(e.Message);
                code = (int)ExitCode.Usage;
            }
            catch (Exception e) when (e is PbmWireException or IOException or PbmRefusedException)
            {
                // The node may come back: the next command tries again.
                errors.WriteLine(e.Message);
                code = (int)((e as PbmRefusedException)?.Code ?? ExitCode.Unreachable);
            }
        }

        return code;
    }

    private void Print(string row)
    {
        output.WriteLine(row);
        output.Flush();
    }
}

/// <summary>Lines of a file or another program, without a prompt.</summary>
internal sealed class PlainLines(TextReader input) : ILines
{
    public string? Next(string prompt) => input.ReadLine();
}
