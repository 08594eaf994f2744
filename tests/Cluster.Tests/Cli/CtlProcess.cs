using System.Diagnostics;

namespace Optuna.Tests.Cli;

/// <summary>One run of the real program.</summary>
/// <param name="Out">Without the last line break.</param>
internal sealed record CtlProcess(int ExitCode, string Out, string Error)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    public static Task<CtlProcess> RunAsync(params string[] args) => RunInAsync(null, null, args);

    /// <param name="storage">Value of OPTUNA_STORAGE; null for none.</param>
    /// <param name="folder">Working directory.</param>
    public static async Task<CtlProcess> RunInAsync(string? storage, string? folder, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "optuna-ctl.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Directory.GetCurrentDirectory(),
        };
        start.Environment.Remove("OPTUNA_STORAGE");
        if (storage is not null)
            start.Environment["OPTUNA_STORAGE"] = storage;
        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync().WaitAsync(s_limit);
            var text = await output;
            return new CtlProcess(process.ExitCode, text.EndsWith('\n') ? text[..^1] : text, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    /// <summary>The verb did what it should and said nothing to people that is no result.</summary>
    public string Result()
    {
        Assert.Equal((0, ""), (ExitCode, Error));
        return Out;
    }

    /// <summary>Exit code 2, nothing on stdout, one sentence on stderr.</summary>
    public string Refusal()
    {
        Assert.Equal((2, ""), (ExitCode, Out));
        Assert.StartsWith("optuna-ctl: ", Error, StringComparison.Ordinal);
        Assert.Equal(1, Error.Count(c => c == '\n'));
        return Error["optuna-ctl: ".Length..].TrimEnd('\n');
    }
}
