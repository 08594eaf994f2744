using System.Diagnostics;

namespace Optuna.Tests;

/// <summary>One run of a program outside this process, in a zone that is not UTC, so that a time read in the wrong one shows.</summary>
internal sealed record Run(int ExitCode, string Out, string Error)
{
    public const string Zone = "Asia/Kolkata";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    /// <summary>A script of the folder python, by Debian's Python and its Optuna 3.1. Fails when it does.</summary>
    /// <returns>What it printed, by lines.</returns>
    public static async Task<string[]> OptunaAsync(string script, params string[] args)
    {
        var run = await PythonAsync(script, args);
        Assert.True(run.ExitCode == 0, $"{script} ended with {run.ExitCode}:\n{run.Error}");
        return run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <inheritdoc cref="OptunaAsync"/>
    public static Task<Run> PythonAsync(string script, params string[] args) =>
        StartAsync("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "python", script), .. args]);

    public static Task<Run> CtlAsync(params string[] args) =>
        StartAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "optuna-ctl.dll"), .. args]);

    /// <summary>It did what it should.</summary>
    /// <returns>What it printed.</returns>
    public string Result()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}:\n{Error}");
        return Out.TrimEnd('\n');
    }

    /// <summary>Exit code 2, nothing on stdout, one sentence on stderr.</summary>
    public string Refusal()
    {
        Assert.Equal((2, ""), (ExitCode, Out));
        Assert.StartsWith("optuna-ctl: ", Error, StringComparison.Ordinal);
        Assert.Equal(1, Error.Count(c => c == '\n'));
        return Error["optuna-ctl: ".Length..].TrimEnd('\n');
    }

    private static async Task<Run> StartAsync(string program, string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TZ"] = Zone, ["PYTHONDONTWRITEBYTECODE"] = "1", ["PYTHONUTF8"] = "1", ["PYTHONPATH"] = "" },
        };
        start.Environment.Remove("OPTUNA_STORAGE");
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync().WaitAsync(s_limit);
            return new Run(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
