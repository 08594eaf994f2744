using System.Text.RegularExpressions;
using Optuna.Testing.Processes;
using Optuna.Tests.Nodes;

namespace Optuna.Tests.Operations;

/// <summary>What stands in <c>deploy/</c> fits the programs.</summary>
public sealed partial class DeployTests : NodeTest
{
    private static readonly string s_deploy = Path.Combine(AppContext.BaseDirectory, "deploy");

    [Fact]
    public async Task Units_and_environment_files_name_options_and_variables_that_there_are()
    {
        foreach (var (program, unit, environment) in new[]
        {
            ("optuna-coordinator", "optuna-coordinator.service", "coordinator.env"), ("optuna-worker", "optuna-worker@.service", "worker.env"),
        })
        {
            var help = Run(program, ["--help"]);
            Assert.Equal(0, await help.ExitAsync(Patience));
            var text = string.Join('\n', help.Lines) + "OPTUNA_READ_TOKEN_FILE OPTUNA_WRITE_TOKEN_FILE OPTUNA_ADMIN_TOKEN_FILE";
            var lines = await File.ReadAllLinesAsync(Path.Combine(s_deploy, "systemd", unit));
            var start = Assert.Single(lines, l => l.StartsWith("ExecStart=", StringComparison.Ordinal));
            Assert.All(Options().Matches(start), o => Assert.Contains(o.Value, text));
            Assert.Contains(lines, l => l == "Restart=on-failure");
            Assert.Contains(lines, l => l == "RestartPreventExitStatus=2");
            foreach (var variable in (await File.ReadAllLinesAsync(Path.Combine(s_deploy, "systemd", environment))).Where(l => l.StartsWith("OPTUNA_", StringComparison.Ordinal)))
                Assert.Contains(variable.Split('=')[0], text);
        }
    }

    [Fact]
    public async Task Systemd_finds_no_fault_with_the_units()
    {
        if (!File.Exists("/usr/bin/systemd-analyze"))
            Assert.Skip("There is no systemd-analyze.");
        foreach (var unit in Directory.GetFiles(Path.Combine(s_deploy, "systemd"), "*.service"))
        {
            // Only what it starts is not here.
            var file = Write(Path.GetFileName(unit), Installed().Replace(await File.ReadAllTextAsync(unit), "/bin/true"));
            await using var verify = ProgramProcess.StartCommand("verify", "systemd-analyze", ["verify", "--man=no", file], Folder);
            Assert.True(await verify.ExitAsync(Patience) == 0, verify.Text);
            Assert.DoesNotContain(verify.Lines, l => l.Contains(Path.GetFileName(unit), StringComparison.Ordinal));
        }
    }

    [GeneratedRegex(@"--[a-z][a-z-]+")]
    private static partial Regex Options();

    [GeneratedRegex(@"/opt/optuna/[a-z-]+")]
    private static partial Regex Installed();
}
