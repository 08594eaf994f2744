using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Optuna.Studies;

namespace Optuna.Tests.Browser;

/// <summary>A study of a hundred thousand trials is a study like any other. What it took is written into the test's output; nothing is asserted about it.</summary>
public sealed class LongStudyTests(BrowserFixture browser, ITestOutputHelper output)
{
    private const int Count = 100_000, Batch = 1_000;

    // The page itself says when something is there first: a test that asks now and then learns of it late.
    private const string Watch = """
        window.seen = {};
        new MutationObserver(() => {
            for (const [what, where] of [["head", "h1"], ["points", ".scatterlayer .point"]]) {
                if (!(what in seen) && document.querySelector(where))
                    requestAnimationFrame(() => seen[what] ??= performance.now());
            }
        }).observe(document, { childList: true, subtree: true });
        """;

    private const string Seen = "() => [performance.getEntriesByName('first-contentful-paint')[0].startTime, seen.head, seen.points].map(Math.round).join(', ')";

    [Fact]
    public async Task A_hundred_thousand_trials_are_drawn_zoomed_brushed_and_paged()
    {
        await using var cluster = await WatchedCluster.StartAsync();
        await FillAsync(cluster);
        await using var page = await browser.PageAsync(cluster.Url);
        await page.Page.AddInitScriptAsync(Watch);
        await page.GoAsync("/studies/long");
        await Assertions.Expect(page.Heading("long")).ToBeVisibleAsync();
        var chart = page.Region("Optimization history").Locator(".plot-area");
        await Assertions.Expect(chart.Locator(".scatterlayer .point").First).ToBeVisibleAsync();
        output.WriteLine($"First the page, then the study's head and the chart's points after {await page.Page.EvaluateAsync<string>(Seen)} ms.");
        await Assertions.Expect(chart).ToHaveAttributeAsync("aria-label", new Regex("of 100,000 complete trials"));
        Assert.InRange(await chart.Locator(".scatterlayer .point").CountAsync(), 1000, 6000);
        await Assertions.Expect(page.Page.Locator(".plot-note").First).ToContainTextAsync("of 100,000 points are drawn");

        // A stretch short enough is drawn whole.
        foreach (var width in new[] { 200, 30 })
            await ZoomAsync(page.Page, chart.Locator(".nsewdrag"), width);
        await Assertions.Expect(page.Page.Locator(".plot-note").First).ToHaveTextAsync("");

        var clock = Stopwatch.StartNew();
        await page.Link("Trials").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".pager").GetByRole(AriaRole.Status)).ToHaveTextAsync("1 to 50 of 100,000");
        output.WriteLine($"The table after {clock.ElapsedMilliseconds} ms.");
        await page.Button("Objective value").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".trials th[aria-sort=ascending]")).ToHaveTextAsync(new Regex("Objective value"));

        clock.Restart();
        await page.Link("Analytics").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".parallel-scroll canvas")).ToHaveAttributeAsync("aria-label", new Regex("^100,000 trials over"));
        output.WriteLine($"Parallel coordinates after {clock.ElapsedMilliseconds} ms.");
        await page.Field("from").FillAsync("0");
        await page.Field("to").FillAsync("0.5");
        await page.Button("Add filter").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".parallel-scroll canvas")).ToHaveAttributeAsync("aria-label", new Regex("; (?!100,000)[0-9,]+ of them within"));
        await page.Heading("Slice").ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(page.Region("Slice").Locator(".scatterlayer .point").First).ToBeVisibleAsync();

        await using (var again = await browser.PageAsync(cluster.Url))
        {
            await again.Page.AddInitScriptAsync(Watch);
            await again.GoAsync("/studies/long");
            await Assertions.Expect(again.Region("Optimization history").Locator(".scatterlayer .point").First).ToBeVisibleAsync();
            output.WriteLine($"By somebody else, later: {await again.Page.EvaluateAsync<string>(Seen)} ms.");
        }

        // A trial that comes is drawn here as in a short study.
        await page.Link("History").ClickAsync();
        await cluster.AddAsync("long", Samples.Trials(1, 1));
        await Assertions.Expect(chart).ToHaveAttributeAsync("aria-label", new Regex("of 100,001 complete trials"));
        page.AssertCalm();
    }

    private static async Task ZoomAsync(IPage page, ILocator plot, int width)
    {
        var area = (await plot.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(area.X + (area.Width / 2), area.Y + 2);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(area.X + (area.Width / 2) + width, area.Y + area.Height - 2, new() { Steps = 5 });
        await page.Mouse.UpAsync();
    }

    /// <summary>As an import does it: many trials in a message.</summary>
    private static async Task FillAsync(WatchedCluster cluster)
    {
        await using var client = await cluster.ConnectAsync();
        var study = await client.CreateStudyAsync("long", sampler: new ComponentSpec("random"));
        var backend = client.Backend(study.Id);
        var first = 0;
        foreach (var batch in Samples.Trials(Count, 1).Chunk(Batch))
        {
            (await backend.SendAsync(new StorageCommands.AddTrials(first, [.. batch]), TestContext.Current.CancellationToken)).Expect<StudyReplies.TrialAdded>();
            first += batch.Length;
        }
    }
}
