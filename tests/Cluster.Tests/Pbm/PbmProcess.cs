using System.Diagnostics;

namespace Optuna.Tests.Pbm;

/// <summary>One run of the real program.</summary>
internal sealed record PbmProcess(int ExitCode, IReadOnlyList<string> Out, string Error)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <param name="input">Lines typed at its prompt; null: none, for the arguments hold a command.</param>
    public static async Task<PbmProcess> RunAsync(IEnumerable<string> arguments, string? input = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "pbm.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("OPTUNA_TOKEN");
        start.Environment.Remove("OPTUNA_TOKEN_FILE");
        using var process = Process.Start(start)!;
        try
        {
            await process.StandardInput.WriteAsync(input ?? "");
            process.StandardInput.Close();
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync().WaitAsync(s_limit);
            return new PbmProcess(process.ExitCode, (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries), await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    public IReadOnlyList<string> Done()
    {
        Assert.Equal((0, ""), (ExitCode, Error));
        return Out;
    }
}
