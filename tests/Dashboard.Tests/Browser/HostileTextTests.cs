using Microsoft.Playwright;
using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Tests.Browser;

/// <summary>Script in names, attributes, parameters and notes stays text, wherever it is shown.</summary>
public sealed class HostileTextTests(BrowserFixture browser)
{
    private const string Script = "<script>window.__xss=1</script>";
    private const string Picture = "<img src=x onerror=\"window.__xss=1;alert(1)\">";

    // plotly.js reads some markup: a link of the user's must not become one.
    private const string Link = "<a href=\"javascript:window.__xss=1\">x</a>";

    [Fact]
    public async Task Nothing_that_users_wrote_runs_on_any_view()
    {
        await using var cluster = await WatchedCluster.StartAsync();
        await using (var client = await cluster.ConnectAsync())
        {
            var study = await client.CreateStudyAsync(Picture, sampler: new ComponentSpec("random"));
            study.SetMetricNames([Link]);
            study.SetUserAttr(Script, Picture);
            var kinds = new CategoricalDistribution([Script, Picture, Link]);
            for (var i = 0; i < 12; i++)
            {
                study.AddTrial(FrozenTrial.Create(
                    TrialState.Complete, i, parameters: new Dictionary<string, object?> { [Picture] = i / 12.0, [Link] = kinds.Choices[i % 3] },
                    distributions: new Dictionary<string, Distribution> { [Picture] = new FloatDistribution(0, 1), [Link] = kinds },
                    userAttrs: new Dictionary<string, object?> { [Picture] = Script }, intermediateValues: new Dictionary<long, double> { [0] = i }));
            }
        }

        await using var page = await browser.PageAsync(cluster.Url);
        var name = Uri.EscapeDataString(Picture);
        await page.GoAsync($"/studies/{name}");
        var note = page.Region("Note");
        await note.GetByRole(AriaRole.Button).ClickAsync();
        await note.GetByLabel("Note (Markdown)").FillAsync($"{Script}\n\n{Picture}\n\n[x](javascript:window.__xss=1)\n\n{Link}");
        await note.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        foreach (var view in new[] { "/", "/cluster", $"/compare?study={name}", $"/studies/{name}", $"/studies/{name}/timeline", $"/studies/{name}/intermediate", $"/studies/{name}/trials", $"/studies/{name}/trials/3", $"/studies/{name}/analytics" })
        {
            await page.GoAsync(view);
            // As text, letter for letter.
            await Assertions.Expect(page.Page.Locator("main").GetByText(Picture).First).ToBeVisibleAsync();
            if (view.EndsWith("analytics", StringComparison.Ordinal))
                await OpenAllAsync(page);
            await Assertions.Expect(page.Page.Locator("main img:not([src$='.svg']), main script, main a[href^='javascript'], main a[*|href^='javascript']")).ToHaveCountAsync(0);
            Assert.Null(await page.Page.EvaluateAsync<int?>("window.__xss ?? null"));
        }

        page.AssertCalm();
    }

    private static async Task OpenAllAsync(WatchedPage page)
    {
        await page.Heading("Slice").ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(page.Region("Slice").Locator(".xtitle").First).ToHaveTextAsync(Picture);
        foreach (var title in new[] { "Contour", "Rank", "EDF" })
        {
            await page.Page.GetByText(title, new() { Exact = true }).ClickAsync();
            await Assertions.Expect(page.Page.Locator("details[open] .main-svg").First).ToBeAttachedAsync();
        }
    }
}
