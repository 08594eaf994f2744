using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Optuna.Tests.Browser;

/// <summary>The table of trials: asked page by page, filtered by form and by brush, and handed out as CSV.</summary>
public sealed class TrialTableTests(BrowserFixture browser, LiveStudy live) : IClassFixture<LiveStudy>
{
    [Fact]
    public async Task It_is_filtered_sorted_and_paged_and_the_address_keeps_it()
    {
        await using var page = await OpenAsync("/trials?limit=10");
        await Assertions.Expect(Status(page)).ToHaveTextAsync("1 to 10 of 40");
        await page.Button("Next page").ClickAsync();
        await Assertions.Expect(Status(page)).ToHaveTextAsync("11 to 20 of 40");
        await Assertions.Expect(Numbers(page).First).ToHaveTextAsync("29");

        await page.Button("Objective 0").ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Objective 0" })).ToHaveAttributeAsync("aria-sort", "ascending");
        var values = (await page.Page.Locator(".trials tbody tr td:nth-child(3)").AllTextContentsAsync()).Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(values.Order(), values);

        await page.Field("of").SelectOptionAsync("x");
        await page.Field("from").FillAsync("0");
        await page.Field("to").FillAsync("2");
        await page.Button("Add filter").ClickAsync();
        await page.Field("of").SelectOptionAsync("kind");
        await page.Field("is").SelectOptionAsync("sgd");
        await page.Button("Add filter").ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.List, new() { Name = "Filters" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Assertions.Expect(page.Page.Locator(".trials tbody").GetByText("adam")).ToHaveCountAsync(0);
        var xs = (await page.Page.Locator(".trials tbody tr td:nth-child(5)").AllTextContentsAsync()).Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToList();
        Assert.NotEmpty(xs);
        Assert.All(xs, x => Assert.InRange(x, 0, 2));

        var address = page.Page.Url;
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.List, new() { Name = "Filters" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        Assert.Equal(address, page.Page.Url);
        await page.Button("Remove filter: kind is sgd").ClickAsync();
        await page.Button("Remove filter: x from 0 to 2").ClickAsync();

        await page.Field("pruned").CheckAsync();
        await Assertions.Expect(page.Page.Locator(".trials")).ToContainTextAsync("No such trials.");
        await page.Field("pruned").UncheckAsync();
        await page.Field("Search").FillAsync("adam");
        await Assertions.Expect(page.Page.Locator(".trials tbody").GetByText("sgd")).ToHaveCountAsync(0);
        page.AssertCalm();
    }

    [Fact]
    public async Task Brushing_an_axis_filters_the_table_and_a_click_clears_it()
    {
        await using var page = await OpenAsync("/analytics");
        var canvas = page.Region("Parallel coordinates").Locator("canvas");
        await Assertions.Expect(canvas).ToHaveAttributeAsync("aria-label", new Regex("^40 trials over"));
        var at = (await canvas.BoundingBoxAsync())!;
        // The third of six axes: after the two objectives comes x.
        var x = at.X + 64 + (2 * (at.Width - 128) / 5);
        await page.Page.Mouse.MoveAsync(x, at.Y + 120);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(x, at.Y + 220, new() { Steps = 4 });
        await page.Page.Mouse.UpAsync();

        var chip = page.Page.GetByRole(AriaRole.List, new() { Name = "Filters" }).GetByRole(AriaRole.Listitem);
        await Assertions.Expect(chip).ToContainTextAsync("x from ");
        await Assertions.Expect(Status(page)).Not.ToHaveTextAsync("1 to 10 of 40");
        var within = Regex.Match((await chip.TextContentAsync())!, "x from ([-0-9.e]+) to ([-0-9.e]+)");
        var (low, high) = (Number(within.Groups[1]), Number(within.Groups[2]));
        foreach (var text in await page.Page.Locator(".trials tbody tr td:nth-child(5)").AllTextContentsAsync())
            Assert.InRange(double.Parse(text, CultureInfo.InvariantCulture), low - 1e-4, high + 1e-4);
        await Assertions.Expect(canvas).ToHaveAttributeAsync("aria-label", new Regex("; [1-3]?[0-9] of them within"));

        await page.Page.Mouse.ClickAsync(x, at.Y + 170);
        await Assertions.Expect(chip).ToHaveCountAsync(0);
        await Assertions.Expect(Status(page)).ToHaveTextAsync("1 to 10 of 40");
        page.AssertCalm();

        static double Number(Capture text) => double.Parse(text.Value, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_selection_and_the_whole_study_are_downloaded()
    {
        await using var page = await OpenAsync("/trials?filter=kind%3Dadam");
        await Assertions.Expect(Status(page)).ToHaveTextAsync(new Regex("of [1-3][0-9]$"));
        var expected = int.Parse((await Status(page).TextContentAsync())!.Split(' ')[^1], CultureInfo.InvariantCulture);
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Button("CSV of these trials").ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.Equal("number,state,values_0,values_1,params_x,params_rate,params_kind,params_layers,datetime_start,datetime_complete,duration", lines[0]);
        Assert.Equal(expected, lines.Length - 1);
        Assert.All(lines[1..], line => Assert.Contains(",adam,", line));

        var whole = await page.Page.RunAndWaitForDownloadAsync(() => page.Link("CSV of all trials").ClickAsync());
        Assert.Equal(41, (await File.ReadAllLinesAsync(await whole.PathAsync())).Length);
        page.AssertCalm();
    }

    [Fact]
    public async Task A_trial_has_its_parameters_curve_and_neighbours()
    {
        await using var page = await OpenAsync("/trials?limit=25");
        await page.Page.Locator(".trials tbody").GetByRole(AriaRole.Link, new() { Name = "38", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 2, Name = "Trial 38" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Region("Parameters").GetByRole(AriaRole.Rowheader)).ToHaveTextAsync(["x", "rate", "kind", "layers"]);
        await Assertions.Expect(page.Region("Parameters").GetByRole(AriaRole.Row).Nth(2)).ToContainTextAsync("float, 1e-5 to 1, log");
        await Assertions.Expect(page.Region("Intermediate values").Locator(".scatterlayer .point")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Region("Artifacts")).ToContainTextAsync("None.");
        await page.Link("Next").ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 2, Name = "Trial 39" })).ToBeVisibleAsync();
        await page.Page.GoBackAsync();
        await page.Page.GoBackAsync();
        await Assertions.Expect(Numbers(page).First).ToHaveTextAsync("39");
        page.AssertCalm();
    }

    private async Task<WatchedPage> OpenAsync(string side)
    {
        var page = await browser.PageAsync(live.Url);
        await page.GoAsync(LiveStudy.View(LiveStudy.Front, side));
        await Assertions.Expect(page.Page.Locator(".trials tbody tr").First).ToBeVisibleAsync();
        return page;
    }

    private static ILocator Status(WatchedPage page) => page.Page.Locator(".pager").GetByRole(AriaRole.Status);

    private static ILocator Numbers(WatchedPage page) => page.Page.Locator(".trials tbody tr td:first-child a");
}
