using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Optuna.Tests.Browser.BrowserFixture))]
// A browser, coordinators and workers share few processors: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Optuna.Tests.Browser;

/// <summary>One browser for all tests; each test has a profile of its own in it.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] s_places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var place = Array.Find(s_places, File.Exists) ?? throw new InvalidOperationException("The tests of the dashboard need a browser: Debian's package 'chromium-headless-shell'.");
        Assertions.SetDefaultExpectTimeout((float)WatchedPage.Patience.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = place,
            // As root there is no sandbox, and machines that test have no graphics; nothing is fetched behind the tests' back.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async Task<WatchedPage> PageAsync(string root, ColorScheme colours = ColorScheme.Light, int width = 1280, int height = 900)
    {
        var context = await _browser!.NewContextAsync(new() { ColorScheme = colours, ViewportSize = new() { Width = width, Height = height }, BaseURL = root, AcceptDownloads = true });
        context.SetDefaultTimeout((float)WatchedPage.Patience.TotalMilliseconds);
        return new WatchedPage(context, await context.NewPageAsync(), root);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
