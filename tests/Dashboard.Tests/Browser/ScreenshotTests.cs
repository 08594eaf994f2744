using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace Optuna.Tests.Browser;

/// <summary>The pictures of docs/dashboard.md. They are taken each time, so that they can be taken; UPDATE_SCREENSHOTS=1 puts them there.</summary>
public sealed class ScreenshotTests(BrowserFixture browser, LiveStudy live) : IClassFixture<LiveStudy>
{
    // A picture in the documentation is fetched by everybody who reads it.
    private const int MostBytes = 300_000;

    [Theory]
    [InlineData("studies", "/", ColorScheme.Light, 1280)]
    [InlineData("history-light", "hills", ColorScheme.Light, 1280)]
    [InlineData("history-dark", "hills", ColorScheme.Dark, 1280)]
    [InlineData("history-phone", "hills", ColorScheme.Light, 390)]
    [InlineData("pareto-dark", "front", ColorScheme.Dark, 1280)]
    [InlineData("analytics", "front/analytics", ColorScheme.Light, 1100)]
    [InlineData("timeline", "hills/timeline", ColorScheme.Light, 1280)]
    [InlineData("intermediate", "hills/intermediate", ColorScheme.Dark, 1280)]
    [InlineData("trials-phone", "hills/trials", ColorScheme.Dark, 390)]
    [InlineData("trial", "front/trials/3", ColorScheme.Light, 1280)]
    [InlineData("cluster", "/cluster", ColorScheme.Light, 1280)]
    public async Task A_picture_of(string name, string view, ColorScheme colours, int width)
    {
        await using var page = await browser.PageAsync(live.Url, colours, width, width == 390 ? 844 : 900);
        await page.GoAsync(view[0] == '/' ? view : view.StartsWith("hills", StringComparison.Ordinal)
            ? LiveStudy.View(LiveStudy.Name, view["hills".Length..]) : LiveStudy.View(LiveStudy.Front, view["front".Length..]));
        var drawn = view is "/" or "/cluster" || name == "trials-phone" ? "tbody tr" : view.EndsWith("analytics", StringComparison.Ordinal) ? "canvas" : ".main-svg .points path, .main-svg .bars path, .main-svg .point path";
        await Assertions.Expect(page.Page.Locator($"main :is({drawn})").First).ToBeVisibleAsync();
        var picture = await page.Page.ScreenshotAsync(new() { FullPage = width == 390, Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });

        Assert.InRange(picture.Length, 5_000, MostBytes);
        if (Environment.GetEnvironmentVariable("UPDATE_SCREENSHOTS") == "1")
            await File.WriteAllBytesAsync(Path.Combine(Images(), $"dashboard-{name}.png"), picture);
        page.AssertCalm();
    }

    private static string Images([CallerFilePath] string here = "") =>
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/images")).FullName;
}
