using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Optuna.Tests.Browser;

/// <summary>A page that is open while its coordinator goes and comes back.</summary>
public sealed class RestartTests(BrowserFixture browser)
{
    [Fact]
    public async Task It_says_that_the_connection_is_lost_comes_back_by_itself_and_has_missed_nothing()
    {
        await using var cluster = await WatchedCluster.StartAsync();
        await cluster.StudyAsync("lasting");
        await cluster.AddAsync("lasting", Samples.Trials(5, 1));
        await using var page = await browser.PageAsync(cluster.Url);
        await page.GoAsync("/studies/lasting");
        var chart = page.Region("Optimization history").Locator(".plot-area");
        await Assertions.Expect(chart).ToHaveAttributeAsync("aria-label", new Regex("of 5 complete"));
        var state = page.Page.Locator("#link");
        await Assertions.Expect(state).ToHaveTextAsync("Live");
        await page.Page.EvaluateAsync("window.stayed = true");

        await cluster.EndNodeAsync();
        await Assertions.Expect(state).ToHaveTextAsync("Reconnecting…");
        await page.Button("Pause").ClickAsync();
        // What is asked for meanwhile is refused with a sentence, not lost without one.
        await Assertions.Expect(page.Page.Locator("#alarms")).ToContainTextAsync("cannot be reached");

        await cluster.StartNodeAsync();
        await cluster.AddAsync("lasting", Samples.Trials(3, 1));
        await Assertions.Expect(state).ToHaveTextAsync("Live");
        await Assertions.Expect(chart).ToHaveAttributeAsync("aria-label", new Regex("of 8 complete"));
        Assert.True(await page.Page.EvaluateAsync<bool>("window.stayed"));
        await page.Button("Pause").ClickAsync();
        await Assertions.Expect(page.Button("Resume")).ToBeVisibleAsync();
        page.AssertCalm();
    }
}
