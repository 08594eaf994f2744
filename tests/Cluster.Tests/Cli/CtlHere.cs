using System.CommandLine;
using Optuna.Cli;
using Optuna.Cli.Commands;

namespace Optuna.Tests.Cli;

/// <summary>A verb run in the test's own process, at a fraction of what a process costs; how the program itself behaves is for <see cref="CtlProcess"/>.</summary>
internal static class CtlHere
{
    /// <returns>What goes to standard output, without the last line break.</returns>
    /// <exception cref="ArgumentException">The command line is refused, by the parser or by the verb.</exception>
    public static async Task<string> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        var parsed = CliRoot.Create(new CommonOptions(output)).Parse(args);
        if (parsed.Errors.Count > 0)
            throw new ArgumentException(parsed.UnmatchedTokens is [var stray, ..] ? $"'{stray}' is not expected here." : parsed.Errors[0].Message);
        Assert.Equal(0, await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }));
        return output.ToString().TrimEnd('\n');
    }

    /// <returns>What the program would end with, but for lines to people about what it did.</returns>
    public static async Task<CtlProcess> AsProgramAsync(params string[] args)
    {
        try
        {
            return new CtlProcess(0, await RunAsync(args), "");
        }
        catch (Exception e) when (e is ArgumentException or OptunaException)
        {
            return new CtlProcess(2, "", $"optuna-ctl: {e.Message}\n");
        }
    }

    /// <returns>The sentence the program would print.</returns>
    public static async Task<string> RefusalAsync(params string[] args) => (await AsProgramAsync(args)).Refusal();
}
