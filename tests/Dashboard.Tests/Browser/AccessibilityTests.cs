using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Optuna.Tests.Browser;

/// <summary>The dashboard for those who do not see it, who use no mouse, or who hold a phone.</summary>
public sealed class AccessibilityTests(BrowserFixture browser, LiveStudy live) : IClassFixture<LiveStudy>
{
    public static TheoryData<string> Views =>
    [
        "/", "/cluster", $"/compare?study={LiveStudy.Front}&study={Uri.EscapeDataString(LiveStudy.Name)}", LiveStudy.View(LiveStudy.Name), LiveStudy.View(LiveStudy.Name, "/analytics"),
        LiveStudy.View(LiveStudy.Name, "/timeline"), LiveStudy.View(LiveStudy.Name, "/intermediate"), LiveStudy.View(LiveStudy.Name, "/trials"), LiveStudy.View(LiveStudy.Name, "/trials/3"), LiveStudy.View(LiveStudy.Front),
    ];

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Axe_finds_nothing_serious_in_either_theme_and_on_a_phone(string view)
    {
        foreach (var (colours, width) in new[] { (ColorScheme.Light, 1280), (ColorScheme.Dark, 390) })
        {
            await using var page = await browser.PageAsync(live.Url, colours, width);
            await page.GoAsync(view);
            await SettledAsync(page);
            await AssertAccessibleAsync(page, $"{view} {colours} {width}");
            if (width == 390)
                Assert.Equal(390, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            page.AssertCalm();
        }
    }

    [Fact]
    public async Task Axe_finds_nothing_serious_in_dialogs_and_forms()
    {
        await using var page = await browser.PageAsync(live.Url);
        await page.GoAsync(LiveStudy.View(LiveStudy.Name));
        foreach (var action in new[] { "Enqueue", "Budget", "Delete", "Rename" })
        {
            await page.Button(action).ClickAsync();
            await AssertAccessibleAsync(page, action);
            await page.Page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(page.Dialog).ToHaveCountAsync(0);
            // Back where it was opened.
            await Assertions.Expect(page.Button(action)).ToBeFocusedAsync();
        }

        await page.Region("Note").GetByRole(AriaRole.Button).ClickAsync();
        await AssertAccessibleAsync(page, "note");
        await page.GoAsync("/");
        await page.Button("New study").ClickAsync();
        await AssertAccessibleAsync(page, "new study");
        page.AssertCalm();
    }

    [Fact]
    public async Task Everything_can_be_reached_by_keyboard()
    {
        await using var page = await browser.PageAsync(live.Url);
        await page.GoAsync("/");
        await Assertions.Expect(page.Link(LiveStudy.Front)).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Link("Skip to content")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator("main")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Button("New study")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Dialog.GetByLabel("Name", new() { Exact = true })).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Button("New study")).ToBeFocusedAsync();
        await page.Link(LiveStudy.Front).FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Heading(LiveStudy.Front)).ToBeVisibleAsync();
        // A new view is told to screen readers by where the focus is and what the page is called.
        await Assertions.Expect(page.Page.Locator("main")).ToBeFocusedAsync();
        await Assertions.Expect(page.Page).ToHaveTitleAsync($"History – {LiveStudy.Front} – Optuna");
        await page.Link("Trials").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Link("Trials")).ToHaveAttributeAsync("aria-current", "page");
        page.AssertCalm();
    }

    [Fact]
    public async Task The_theme_is_chosen_and_kept()
    {
        await using var page = await browser.PageAsync(live.Url, ColorScheme.Light);
        await page.GoAsync("/");
        var light = await GroundAsync(page);
        await page.Page.Locator("#theme").ClickAsync();
        var dark = await GroundAsync(page);
        Assert.NotEqual(light, dark);
        await page.Page.ReloadAsync();
        Assert.Equal(dark, await GroundAsync(page));
        await page.Page.Locator("#theme").ClickAsync();
        Assert.Equal(light, await GroundAsync(page));
        await page.Page.Locator("#theme").ClickAsync();
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.Equal(dark, await GroundAsync(page));
        page.AssertCalm();
    }

    private static Task<string> GroundAsync(WatchedPage page) => page.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor");

    /// <summary>The first chart or table is there.</summary>
    private static async Task SettledAsync(WatchedPage page) =>
        await Assertions.Expect(page.Page.Locator("main .main-svg:visible, main tbody tr:visible, main .empty:visible").First).ToBeVisibleAsync();

    private static async Task AssertAccessibleAsync(WatchedPage page, string where)
    {
        var result = await page.Page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] } });
        var serious = result.Violations.Where(v => v.Impact is "serious" or "critical").ToList();
        Assert.True(serious.Count == 0, $"{where}: {string.Join("; ", serious.Select(v => $"{v.Id}: {string.Join(" ", v.Nodes.Select(n => n.Html))}"))}");
    }
}
