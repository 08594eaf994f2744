using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Optuna.Tests.Browser;

/// <summary>The list of studies, click by click.</summary>
public sealed class StudyListTests(BrowserFixture browser, LiveStudy live) : IClassFixture<LiveStudy>
{
    [Fact]
    public async Task A_study_is_made_renamed_and_deleted()
    {
        var name = $"made {Guid.NewGuid():N}";
        await using var page = await browser.PageAsync(live.Url);
        await page.GoAsync("/");
        await page.Button("New study").ClickAsync();
        await page.Dialog.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.Dialog.GetByLabel("Directions").FillAsync("minimize, sideways");
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        // Refused: the dialog says why and keeps what was written.
        await Assertions.Expect(page.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("sideways");
        await page.Dialog.GetByLabel("Directions").FillAsync("minimize, maximize");
        await page.Dialog.GetByLabel("Sampler").SelectOptionAsync("random");
        await page.Dialog.GetByLabel("Trials in all").FillAsync("25");
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();

        await Assertions.Expect(page.Heading(name)).ToBeVisibleAsync();
        Assert.Equal(25, (await live.GetAsync(name)).GetProperty("budget").GetInt32());

        await page.Link("Studies").ClickAsync();
        await page.Button($"Rename {name}").ClickAsync();
        await page.Dialog.GetByLabel("New name").FillAsync($"{name} again");
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Assertions.Expect(page.Link($"{name} again")).ToBeVisibleAsync();

        await page.Button($"Delete {name} again").ClickAsync();
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(page.Dialog).Not.ToBeVisibleAsync();
        await page.Button($"Delete {name} again").ClickAsync();
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(page.Link($"{name} again")).ToHaveCountAsync(0);
        page.AssertCalm();
    }

    [Fact]
    public async Task Studies_are_searched_and_sorted_and_the_address_keeps_both()
    {
        await using var page = await browser.PageAsync(live.Url);
        await page.GoAsync("/");
        await Assertions.Expect(page.Link(LiveStudy.Name)).ToBeVisibleAsync();
        await page.Field("Search").FillAsync("fron");
        await Assertions.Expect(page.Link(LiveStudy.Name)).ToHaveCountAsync(0);
        await Assertions.Expect(page.Link(LiveStudy.Front)).ToBeVisibleAsync();
        await page.Field("Sort by").SelectOptionAsync("name");
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Regex("search=fron&sort=name"));

        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Field("Search")).ToHaveValueAsync("fron");
        await Assertions.Expect(page.Link(LiveStudy.Front)).ToBeVisibleAsync();
        await Assertions.Expect(page.Link(LiveStudy.Name)).ToHaveCountAsync(0);
        page.AssertCalm();
    }

    [Fact]
    public async Task A_study_that_somebody_else_makes_appears()
    {
        await using var page = await browser.PageAsync(live.Url);
        await page.GoAsync("/");
        await Assertions.Expect(page.Link(LiveStudy.Front)).ToBeVisibleAsync();
        var name = await live.QuietAsync();
        await Assertions.Expect(page.Link(name)).ToBeVisibleAsync();
        page.AssertCalm();
    }

    [Fact]
    public async Task Chosen_studies_are_compared()
    {
        var quiet = await live.QuietAsync(10);
        await using var page = await browser.PageAsync(live.Url);
        await page.GoAsync("/");
        await Assertions.Expect(page.Button("Compare")).ToBeDisabledAsync();
        await page.Field($"Compare {LiveStudy.Name}").CheckAsync();
        await page.Field($"Compare {quiet}").CheckAsync();
        await page.Button("Compare").ClickAsync();

        await Assertions.Expect(page.Heading("Compare studies")).ToBeVisibleAsync();
        var chart = page.Region("Optimization history").Locator(".plot-area");
        await Assertions.Expect(chart).ToHaveAttributeAsync("aria-label", new Regex($"{Regex.Escape(quiet)}: .* after 10 trials"));
        await Assertions.Expect(chart.Locator(".scatterlayer .trace")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Region("EDF").Locator(".scatterlayer .trace")).ToHaveCountAsync(2);
        page.AssertCalm();
    }
}
