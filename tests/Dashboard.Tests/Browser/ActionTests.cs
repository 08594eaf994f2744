using Microsoft.Playwright;

namespace Optuna.Tests.Browser;

/// <summary>Everything that can be done to a study and its trials, and that it was done.</summary>
public sealed class ActionTests(BrowserFixture browser, LiveStudy live) : IClassFixture<LiveStudy>
{
    [Fact]
    public async Task A_study_is_paused_resumed_limited_and_stopped()
    {
        var study = await live.QuietAsync();
        await using var page = await OpenAsync(study);
        await page.Button("Pause").ClickAsync();
        await Assertions.Expect(page.Button("Resume")).ToBeVisibleAsync();
        Assert.Equal("paused", await ModeAsync(study));
        await page.Button("Resume").ClickAsync();
        await Assertions.Expect(page.Button("Pause")).ToBeVisibleAsync();
        Assert.Equal("running", await ModeAsync(study));

        await page.Button("Budget").ClickAsync();
        await page.Dialog.GetByLabel("Trials in all").FillAsync("0");
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Set" }).ClickAsync();
        await Assertions.Expect(page.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("at least 1");
        await page.Dialog.GetByLabel("Trials in all").FillAsync("17");
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Set" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByText("budget 17")).ToBeVisibleAsync();

        await page.Button("Stop").ClickAsync();
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".facts .mode-stopped")).ToBeVisibleAsync();
        Assert.Equal("stopped", await ModeAsync(study));
        page.AssertCalm();
    }

    [Fact]
    public async Task A_trial_is_enqueued_and_a_finished_one_tried_again()
    {
        var study = await live.QuietAsync(3);
        await using var page = await OpenAsync(study);
        await page.Button("Enqueue").ClickAsync();
        await page.Dialog.GetByLabel("x", new() { Exact = true }).FillAsync("much");
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Enqueue" }).ClickAsync();
        await Assertions.Expect(page.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("much");
        await page.Dialog.GetByLabel("x", new() { Exact = true }).FillAsync("0.25");
        await page.Dialog.GetByLabel("kind").SelectOptionAsync(new SelectOptionValue { Label = "sgd" });
        await page.Dialog.GetByLabel("Further parameters").FillAsync("""{"extra": 2}""");
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Enqueue" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("#news")).ToContainTextAsync("Trial 3 waits in the queue.");
        var queued = await live.GetAsync(study, "/trials/3");
        Assert.Equal("waiting", queued.GetProperty("state").GetString());
        Assert.Contains("0.25", queued.GetRawText());

        await page.Page.GotoAsync($"{live.Url}/#{LiveStudy.View(study, "/trials/1")}");
        await page.Page.GetByRole(AriaRole.Group, new() { Name = "Actions on the trial" }).GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("#news")).ToContainTextAsync("Trial 4 waits");
        await page.Button("Enqueue similar").ClickAsync();
        await Assertions.Expect(page.Dialog.GetByLabel("x", new() { Exact = true })).Not.ToHaveValueAsync("");
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Dialog).ToHaveCountAsync(0);

        var actions = page.Page.GetByRole(AriaRole.Group, new() { Name = $"Actions on {study}" });
        await actions.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await page.Dialog.GetByLabel("Number of a finished trial").FillAsync("3");
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        // It waits: there is nothing to try again, and the API's sentence says so.
        await Assertions.Expect(page.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("3");
        page.AssertCalm();
    }

    [Fact]
    public async Task Notes_are_written_seen_before_they_are_saved_and_kept()
    {
        var study = await live.QuietAsync(2);
        await using var page = await OpenAsync(study);
        var panel = page.Region("Note");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Write a note" }).ClickAsync();
        await panel.GetByLabel("Note (Markdown)").FillAsync("# Plan\n\n- **try** `adam`");
        await Assertions.Expect(panel.Locator(".note strong")).ToHaveTextAsync("try");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(panel.Locator(".note h3")).ToHaveTextAsync("Plan");

        await page.GoAsync(LiveStudy.View(study, "/trials/1"));
        await panel.GetByRole(AriaRole.Button, new() { Name = "Write a note" }).ClickAsync();
        await panel.GetByLabel("Note (Markdown)").FillAsync("of a *finished* trial");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(panel.Locator(".note em")).ToHaveTextAsync("finished");

        await page.Page.ReloadAsync();
        await Assertions.Expect(panel.Locator(".note em")).ToHaveTextAsync("finished");
        await page.GoAsync(LiveStudy.View(study));
        await Assertions.Expect(panel.Locator(".note h3")).ToHaveTextAsync("Plan");
        page.AssertCalm();
    }

    [Fact]
    public async Task An_attribute_is_set_and_changed()
    {
        var study = await live.QuietAsync();
        await using var page = await OpenAsync(study);
        var panel = page.Region("User attributes");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Set an attribute" }).ClickAsync();
        await page.Dialog.GetByLabel("Key").FillAsync("owner/1");
        await page.Dialog.GetByLabel("Value").FillAsync("[1, {\"a\": true}]");
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Set" }).ClickAsync();
        await Assertions.Expect(panel.GetByRole(AriaRole.Row).Filter(new() { HasText = "owner/1" })).ToContainTextAsync("""[1,{"a":true}]""");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Edit owner/1" }).ClickAsync();
        await page.Dialog.GetByLabel("Value").FillAsync("no JSON");
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Set" }).ClickAsync();
        await Assertions.Expect(panel.GetByRole(AriaRole.Row).Filter(new() { HasText = "owner/1" })).ToContainTextAsync("no JSON");
        Assert.Equal("no JSON", (await live.GetAsync(study)).GetProperty("user_attrs").GetProperty("owner/1").GetString());
        page.AssertCalm();
    }

    [Fact]
    public async Task A_study_renamed_or_deleted_elsewhere_is_followed()
    {
        var study = await live.QuietAsync();
        await using var page = await OpenAsync(study);
        await using var other = await OpenAsync(study);
        await other.Button("Rename").ClickAsync();
        await other.Dialog.GetByLabel("New name").FillAsync($"{study} anew");
        await other.Dialog.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Assertions.Expect(page.Heading($"{study} anew")).ToBeVisibleAsync();
        await other.Button("Delete").ClickAsync();
        await other.Dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(page.Heading("Studies")).ToBeVisibleAsync();
        page.AssertCalm();
        other.AssertCalm();
    }

    [Fact]
    public async Task What_is_not_there_is_said()
    {
        await using var page = await browser.PageAsync(live.Url);
        await page.GoAsync("/studies/no%20such");
        await Assertions.Expect(page.Page.Locator("main")).ToContainTextAsync("no such");
        await page.GoAsync(LiveStudy.View(LiveStudy.Front, "/trials/999"));
        await Assertions.Expect(page.Page.Locator("main .wrong").First).ToContainTextAsync("999");
        foreach (var nowhere in new[] { "/nowhere", "/constructor" })
        {
            await page.GoAsync(nowhere);
            await Assertions.Expect(page.Page.Locator("main")).ToContainTextAsync("no such page");
        }

        await page.GoAsync(LiveStudy.View(LiveStudy.Front, "/constructor"));
        await Assertions.Expect(page.Page.Locator(".tabs [aria-current]")).ToHaveTextAsync("History");
        page.AssertCalm();
    }

    private async Task<string?> ModeAsync(string study) => (await live.GetAsync(study)).GetProperty("mode").GetString();

    private async Task<WatchedPage> OpenAsync(string study)
    {
        var page = await browser.PageAsync(live.Url);
        await page.GoAsync(LiveStudy.View(study));
        await Assertions.Expect(page.Heading(study)).ToBeVisibleAsync();
        return page;
    }
}
