using Microsoft.Playwright;

namespace Optuna.Tests.Browser;

/// <summary>The page of nodes, workers and leases, and who may do what on it.</summary>
public sealed class ClusterPageTests(BrowserFixture browser)
{
    private const string Study = "shared";

    [Fact]
    public async Task Nodes_workers_leases_and_load_are_shown_and_a_worker_is_drained()
    {
        await using var cluster = await RunningAsync();
        await using var page = await browser.PageAsync(cluster.Url);
        await page.GoAsync("/cluster");
        await Assertions.Expect(page.Region("Nodes").GetByRole(AriaRole.Row).Filter(new() { HasText = "coordinator" })).ToContainTextAsync("up");
        var workers = page.Region("Workers").Locator("tbody tr").Filter(new() { HasText = Study });
        await Assertions.Expect(workers).ToHaveCountAsync(2);
        await Assertions.Expect(page.Region("Leases").Locator("tbody tr").Filter(new() { HasText = Study }).First).ToBeVisibleAsync();
        foreach (var title in new[] { "Queue depth", "Suggestion", "Journal write", "Trials per second" })
            await Assertions.Expect(page.Region("Load of this node").GetByText(title, new() { Exact = true })).ToBeVisibleAsync();

        await workers.First.GetByRole(AriaRole.Button).ClickAsync();
        // It ends the trials it runs, and takes no more.
        await Assertions.Expect(workers.Filter(new() { HasNotText = "draining" })).ToHaveCountAsync(1);
        page.AssertCalm();
    }

    [Fact]
    public async Task Studies_are_steered_from_there_too()
    {
        await using var cluster = await RunningAsync();
        await using var page = await browser.PageAsync(cluster.Url);
        await page.GoAsync("/cluster");
        var actions = page.Page.GetByRole(AriaRole.Group, new() { Name = $"Actions on {Study}" });
        await actions.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Assertions.Expect(page.Region("Studies").Locator(".mode-paused")).ToBeVisibleAsync();
        await actions.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Assertions.Expect(page.Region("Studies").Locator(".mode-running")).ToBeVisibleAsync();
        await actions.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Assertions.Expect(page.Region("Studies").Locator(".mode-stopped")).ToBeVisibleAsync();
        page.AssertCalm();
    }

    private static async Task<WatchedCluster> RunningAsync()
    {
        var cluster = await WatchedCluster.StartAsync();
        await cluster.StudyAsync(Study);
        cluster.StartWorkers(Study, TimeSpan.FromMilliseconds(400));
        return cluster;
    }
}
