using Optuna.Testing.Processes;
using Optuna.Tests.Nodes;

namespace Optuna.Tests.Tls;

/// <summary>The commands of docs/security.md, run as they stand there.</summary>
public sealed class WalkThroughTests : NodeTest
{
    [Fact]
    public async Task The_walk_through_works_as_written()
    {
        var script = string.Join('\n', Blocks(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "security.md")), "walk-through"));
        Assert.Contains("dev-certs", script);
        // As it stands but for the ports: somebody else may have those.
        foreach (var port in new[] { "4053", "13000", "8080" })
            script = script.Replace(port, $"{FreePort()}");
        // The programs by their names, as an installation has them.
        var bin = Directory.CreateDirectory(PathOf("bin")).FullName;
        foreach (var program in new[] { "optuna-coordinator", "optuna-worker", "optuna-ctl" })
        {
            var file = Path.Combine(bin, program);
            await File.WriteAllTextAsync(file, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, program)}.dll' \"$@\"\n");
        }

        await using var shell = ProgramProcess.StartCommand(
            "walk-through", "bash", ["-eu", "-o", "pipefail", "-c", $"chmod +x '{bin}'/*\n{script}\nkill $coordinator; wait $coordinator; echo walked"], Folder,
            new Dictionary<string, string> { ["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}" });
        await shell.LineAsync(l => l == "walked", Patience + Patience);
        Assert.Contains(shell.Lines, l => l.Contains("evaluated 5 trials: 5 complete", StringComparison.Ordinal));
        Assert.Contains(shell.Lines, l => l.Contains("\"ok\":true", StringComparison.Ordinal));
        Assert.Contains(shell.Lines, l => l.Contains("No coordinator answered", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_openssl_commands_make_certificates_that_will_do()
    {
        var script = Assert.Single(Blocks(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "security.md")), "openssl"));
        await using var shell = ProgramProcess.StartCommand("openssl", "bash", ["-eu", "-c", script], Folder);
        Assert.True(await shell.ExitAsync(Patience) == 0, shell.Text);
        var node = await CoordinatorAsync(new Certificates(PathOf("certs")).Of("coordinator"));
        Assert.StartsWith("optuna+tls://", node.Url);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    // What stands between ```sh NAME and ```.
    private static IEnumerable<string> Blocks(string text, string name) => text.Split($"```sh {name}\n").Skip(1).Select(b => b.Split("\n```")[0]);
}
