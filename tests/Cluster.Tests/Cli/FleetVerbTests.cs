using System.Text.Json;
using Optuna.Studies;

namespace Optuna.Tests.Cli;

/// <summary>Orders to the fleet, and who is in it.</summary>
public sealed class FleetVerbTests(CtlCoordinator coordinator) : IClassFixture<CtlCoordinator>
{
    [Fact]
    public async Task An_operators_orders_are_kept()
    {
        var study = await coordinator.Client.CreateStudyAsync("ordered");

        Assert.Equal("", (await coordinator.RunAsync("pause", "--study-name", "ordered")).Result());
        Assert.Equal(StudyMode.Paused, (await study.GetSummaryAsync()).Mode);
        await RunAsync("resume");
        Assert.Equal(StudyMode.Running, (await study.GetSummaryAsync()).Mode);
        await RunAsync("stop");
        Assert.Equal(StudyMode.Stopped, (await study.GetSummaryAsync()).Mode);
        await RunAsync("budget", "--trials", "7");
        Assert.Equal(7, (await study.GetSummaryAsync()).Budget);
        // What is forgotten is not taken for "none".
        Assert.Contains("--trials", await CtlHere.RefusalAsync("budget", "--storage", coordinator.Url, "--study-name", "ordered"));
        Assert.Equal(7, (await study.GetSummaryAsync()).Budget);
        await RunAsync("budget", "--trials", "none");
        Assert.Null((await study.GetSummaryAsync()).Budget);

        Task RunAsync(string verb, params string[] args) => CtlHere.RunAsync([verb, "--storage", coordinator.Url, "--study-name", "ordered", .. args]);
    }

    [Fact]
    public async Task Workers_are_printed_in_every_format_and_drained_by_name()
    {
        var study = await coordinator.Client.CreateStudyAsync("held");
        study.Ask();
        study.Ask();
        var worker = (await study.GetLeasesAsync())[0].Worker.Value;

        Assert.Matches($@"^{worker} \[0, 1\] \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d False$", await RunAsync("workers", "-f", "value"));
        Assert.Contains($"| {worker} | [0, 1] |", await RunAsync("workers"));
        Assert.StartsWith("- datetime_start: ", await RunAsync("workers", "-f", "yaml"), StringComparison.Ordinal);
        await RunAsync("drain-worker", "--worker", worker);
        var row = JsonDocument.Parse(await RunAsync("workers", "-f", "json")).RootElement[0];
        Assert.Equal((worker, 1, true), (row.GetProperty("worker").GetString(), row.GetProperty("trials")[1].GetInt32(), row.GetProperty("draining").GetBoolean()));

        Task<string> RunAsync(string verb, params string[] args) => CtlHere.RunAsync([verb, "--storage", coordinator.Url, "--study-name", "held", .. args]);
    }

    [Theory]
    [InlineData("--format", "workers", "--study-name", "x", "-f", "xml")]
    [InlineData("--trials: '-1'", "budget", "--study-name", "x", "--trials", "-1")]
    [InlineData("--worker", "drain-worker", "--study-name", "x")]
    [InlineData("--node", "drain-node")]
    [InlineData("nonsense", "drain-node", "--node", "nonsense")]
    [InlineData("'no such'", "pause", "--study-name", "no such")]
    [InlineData("'no such'", "resume", "--study-name", "no such")]
    [InlineData("'no such'", "stop", "--study-name", "no such")]
    [InlineData("'no such'", "budget", "--study-name", "no such", "--trials", "1")]
    [InlineData("'no such'", "workers", "--study-name", "no such")]
    [InlineData("'no such'", "drain-worker", "--study-name", "no such", "--worker", "w")]
    [InlineData("'no such'", "best-trials", "--study-name", "no such")]
    [InlineData("'no such'", "copy-study", "--study-name", "no such")]
    [InlineData("'no such'", "importance", "--study-name", "no such")]
    [InlineData("'no such'", "plot", "--study-name", "no such", "-o", "f.json")]
    public async Task Wrong_input_is_refused_by_name(string named, params string[] args) =>
        Assert.Contains(named, await CtlHere.RefusalAsync([.. args, "--storage", coordinator.Url]));
}
