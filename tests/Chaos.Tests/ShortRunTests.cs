using System.Text.Json;
using Optuna.Chaos.Faults;
using Optuna.Testing.Processes;

namespace Optuna.Tests;

/// <summary>The harness as it is used, for as long as a continuous build has patience: docs/chaos.md has the long runs.</summary>
public sealed class ShortRunTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_short_run_on_MariaDB_breaks_no_promise() => await RunAsync("--minutes", "0.6", "--seed", "5", "--coordinators", "2", "--workers", "3");

    [Fact]
    public async Task A_short_run_on_SQLite_breaks_no_promise() => await RunAsync("--minutes", "0.4", "--seed", "3", "--workers", "2", "--storage", "sqlite");

    [Fact]
    public async Task An_unknown_storage_is_refused_by_name()
    {
        await using var chaos = ProgramProcess.Start("chaos", "Chaos.dll", ["--storage", "oracle"], Path.GetTempPath());

        Assert.Equal(2, await chaos.ExitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains(chaos.Lines, l => l.Contains("'oracle' is neither mysql nor sqlite", StringComparison.Ordinal));
    }

    private async Task RunAsync(params string[] arguments)
    {
        await using var chaos = ProgramProcess.Start("chaos", "Chaos.dll", arguments, Path.GetTempPath());
        var code = await chaos.ExitAsync(TimeSpan.FromMinutes(8));
        output.WriteLine(chaos.Text);

        Assert.Equal(0, code);
        var counts = JsonDocument.Parse(chaos.Lines.Last(l => !l.StartsWith('!'))).RootElement;
        Assert.True(counts.GetProperty("acknowledged").GetInt32() > 20, "Hardly anything was evaluated.");
        foreach (var promise in new[] { "lost", "duplicated", "changed", "budgetErrors" })
            Assert.Equal(0, counts.GetProperty(promise).GetInt32());
        Assert.All(counts.GetProperty("faults").EnumerateObject(), f => Assert.Contains(f.Name, Enum.GetValues<FaultKind>().Select(k => k.Name())));
        Assert.True(counts.GetProperty("faults").EnumerateObject().Sum(f => f.Value.GetInt32()) >= 3, "Hardly anything happened.");
    }
}
