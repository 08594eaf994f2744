using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Optuna.Tests.Browser;

/// <summary>Views of a study while two workers run it: each shows what there is, and what comes.</summary>
public sealed partial class LiveStudyTests(BrowserFixture browser, LiveStudy live) : IClassFixture<LiveStudy>
{
    [Fact]
    public async Task The_history_follows_trials_as_they_arrive()
    {
        await using var page = await OpenAsync("");
        var chart = page.Region("Optimization history").Locator(".plot-area");
        await Assertions.Expect(chart).ToHaveAttributeAsync("aria-label", Trials());
        await Assertions.Expect(page.Page.Locator("#link")).ToHaveTextAsync("Live");
        var before = await CountAsync(chart);
        var navigations = 0;
        page.Page.FrameNavigated += (_, _) => navigations++;

        await Assertions.Expect(chart).Not.ToHaveAttributeAsync("aria-label", new Regex($"history of {before.ToString("N0", CultureInfo.InvariantCulture)} complete"));
        Assert.True(await CountAsync(chart) > before);
        Assert.Equal(0, navigations);
        await Assertions.Expect(page.Region("Best trial").GetByRole(AriaRole.Link)).ToBeVisibleAsync();

        await page.Field("Along").SelectOptionAsync("time");
        await page.Field("Logarithmic").CheckAsync();
        await Assertions.Expect(chart.Locator(".xtitle")).ToHaveTextAsync("Completed");
        await page.Field("Infeasible too").UncheckAsync();
        await Assertions.Expect(chart.Locator(".scatterlayer .point").First).ToBeVisibleAsync();
        page.AssertCalm();
    }

    [Fact]
    public async Task Importances_come_from_the_evaluator_that_is_chosen()
    {
        await using var page = await OpenAsync("");
        var panel = page.Region("Hyperparameter importance");
        foreach (var evaluator in new[] { "ped_anova", "fanova", "mean_decrease_impurity" })
        {
            await panel.GetByLabel("Evaluator").SelectOptionAsync(evaluator);
            await Assertions.Expect(panel.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(4);
        }

        await panel.GetByRole(AriaRole.Button, new() { Name = "Work out again" }).ClickAsync();
        await Assertions.Expect(panel.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(4);
        page.AssertCalm();
    }

    [Fact]
    public async Task The_timeline_has_the_workers_and_the_running_trials()
    {
        await using var page = await OpenAsync("/timeline");
        var chart = page.Region("Timeline by worker").Locator(".plot-area");
        await Assertions.Expect(chart).ToHaveAttributeAsync("aria-label", new Regex("trials on [2-9] workers"));
        await Assertions.Expect(chart.Locator(".legendtext").Filter(new() { HasText = "running" })).ToBeVisibleAsync();
        page.AssertCalm();
    }

    [Fact]
    public async Task A_timeline_opened_after_the_run_has_a_lane_for_each_slot_of_each_worker()
    {
        var study = await live.QuietAsync();
        using var client = new Api.ApiClient(new Uri(live.Url).Authority);
        // Two slots of each at once, and each of them once more after that.
        foreach (var _ in (int[])[0, 1])
        {
            var held = new List<System.Text.Json.Nodes.JsonNode>();
            foreach (var worker in (string[])["left", "right", "left", "right"])
                held.Add(await client.PostAsync(Api.ApiClient.Path(study, "/trials/ask"), new { worker }));
            foreach (var trial in held)
                await client.PostAsync(Api.ApiClient.Path(study, $"/trials/{trial["number"]}/tell"), new { lease = (long)trial["lease"]!, state = "complete", values = new[] { 1.0 } }, System.Net.HttpStatusCode.OK);
        }

        await using var page = await browser.PageAsync(live.Url);
        await page.GoAsync(LiveStudy.View(study, "/timeline"));
        var chart = page.Region("Timeline by worker").Locator(".plot-area");
        await Assertions.Expect(chart).ToHaveAttributeAsync("aria-label", "Timeline of 8 trials on 2 workers.");
        // From below.
        await Assertions.Expect(chart.Locator(".ytick text")).ToHaveTextAsync(["right (2)", "right", "left (2)", "left"]);
        page.AssertCalm();

        await page.GoAsync(LiveStudy.View(study, "/trials/0"));
        await Assertions.Expect(page.Page.Locator(".facts div").Filter(new() { HasText = "Worker" })).ToHaveTextAsync("Workerleft");
        page.AssertCalm();
    }

    [Fact]
    public async Task Intermediate_values_grow_a_line_per_trial()
    {
        await using var page = await OpenAsync("/intermediate");
        var chart = page.Region("Intermediate values").Locator(".plot-area");
        await page.Field("Newest trials").SelectOptionAsync("10");
        await Assertions.Expect(chart).ToHaveAttributeAsync("aria-label", new Regex("newest 10 trials"));
        var first = await chart.Locator(".legendtext").First.TextContentAsync();
        await Assertions.Expect(chart.Locator(".legendtext").First).Not.ToHaveTextAsync(first!);
        page.AssertCalm();
    }

    [Fact]
    public async Task The_trial_table_takes_in_new_trials()
    {
        await using var page = await OpenAsync("/trials");
        var newest = page.Page.Locator(".trials tbody tr").First;
        var before = int.Parse((await newest.GetAttributeAsync("data-trial"))!, CultureInfo.InvariantCulture);
        await Assertions.Expect(newest).Not.ToHaveAttributeAsync("data-trial", $"{before}");
        Assert.True(int.Parse((await newest.GetAttributeAsync("data-trial"))!, CultureInfo.InvariantCulture) > before);
        page.AssertCalm();
    }

    [Fact]
    public async Task Analytics_draws_slices_parallel_coordinates_contour_rank_and_edf()
    {
        await using var page = await OpenAsync("/analytics");
        await Assertions.Expect(page.Region("Parallel coordinates").Locator("canvas")).ToHaveAttributeAsync("aria-label", new Regex("trials over Objective value, x, rate, kind, layers"));
        await page.Heading("Slice").ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(page.Region("Slice").Locator(".scatterlayer .point").First).ToBeVisibleAsync();
        foreach (var (title, drawn) in new[] { ("Contour", ".contourlayer, .heatmaplayer, .scatterlayer"), ("Rank", ".scatterlayer .point"), ("EDF", ".scatterlayer .trace") })
        {
            await page.Page.GetByText(title, new() { Exact = true }).ClickAsync();
            var drawer = page.Page.Locator("details.card").Filter(new() { Has = page.Page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true }) });
            // What is not in sight is not drawn.
            await drawer.Locator(".plot-area").ScrollIntoViewIfNeededAsync();
            await Assertions.Expect(drawer.Locator(drawn).First).ToBeAttachedAsync();
        }

        await page.Page.GetByText("Parameters", new() { Exact = true }).ClickAsync();
        await page.Field("layers").UncheckAsync();
        await Assertions.Expect(page.Region("Parallel coordinates").Locator("canvas")).ToHaveAttributeAsync("aria-label", new Regex("over Objective value, x, rate, kind;"));
        page.AssertCalm();
    }

    [Fact]
    public async Task Several_objectives_have_a_front_and_a_hypervolume()
    {
        await using var page = await browser.PageAsync(live.Url);
        await page.GoAsync(LiveStudy.View(LiveStudy.Front));
        var chart = page.Region("Pareto front").Locator(".plot-area");
        await Assertions.Expect(chart).ToHaveAttributeAsync("aria-label", new Regex("[1-9][0-9]* of them on the Pareto front"));
        await page.Region("Pareto front").GetByLabel("Along").SelectOptionAsync("1");
        await Assertions.Expect(chart.Locator(".xtitle")).ToHaveTextAsync("Objective 1");
        await Assertions.Expect(page.Region("Best trials").GetByRole(AriaRole.Link).First).ToBeVisibleAsync();
        await page.Heading("Hypervolume history").ClickAsync();
        await page.Field("Reference point").FillAsync("100,0");
        await page.Page.Locator("details.card").GetByRole(AriaRole.Button, new() { Name = "Draw again" }).ClickAsync();
        await page.Page.Locator("details.card .plot-area").ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(page.Page.Locator("details.card .scatterlayer .trace").First).ToBeAttachedAsync();
        page.AssertCalm();
    }

    private async Task<WatchedPage> OpenAsync(string side)
    {
        var page = await browser.PageAsync(live.Url);
        await page.GoAsync(LiveStudy.View(LiveStudy.Name, side));
        await Assertions.Expect(page.Heading(LiveStudy.Name)).ToBeVisibleAsync();
        return page;
    }

    private static async Task<int> CountAsync(ILocator chart) =>
        int.Parse(Trials().Match((await chart.GetAttributeAsync("aria-label"))!).Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex("history of ([0-9,]+) complete trials")]
    private static partial Regex Trials();
}
