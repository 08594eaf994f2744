using System.Diagnostics;

namespace Optuna.Tests.Quickstart;

/// <summary>The sample as it was built beside these tests, run as a process of its own in a folder of its own.</summary>
public sealed class QuickstartProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The working directory of the runs.</summary>
    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("optuna-quickstart-");

    public async Task<(int ExitCode, string Out, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Assembly(), .. arguments])
        {
            WorkingDirectory = Folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"Quickstart {string.Join(' ', arguments)} has not ended after {Patience.TotalSeconds} s.");
        }
    }

    public void Dispose() => Folder.Delete(recursive: true);

    // .../tests/Cluster.Tests/bin/CONFIGURATION/FRAMEWORK/ lies as deep as the sample's own output.
    private static string Assembly()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var repository = here.Parent!.Parent!.Parent!.Parent!.Parent!;
        return Path.Combine(repository.FullName, "samples", "Quickstart", "bin", here.Parent!.Name, here.Name, "Quickstart.dll");
    }
}
