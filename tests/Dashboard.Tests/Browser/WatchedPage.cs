using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Optuna.Tests.Browser;

/// <summary>A page of the dashboard, and everything that went wrong on it without anybody seeing it.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    /// <summary>For everything that happens in a moment on a machine with nothing else to do.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> _troubles = [];
    private readonly IBrowserContext _context;
    private readonly string _root;

    public WatchedPage(IBrowserContext context, IPage page, string root)
    {
        (_context, Page, _root) = (context, page, root);
        page.PageError += (_, error) => _troubles.Enqueue($"error: {error}");
        page.Dialog += (_, dialog) => _troubles.Enqueue($"dialog: {dialog.Message}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(root, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
                _troubles.Enqueue($"another host: {request.Url}");
        };
        page.Console += (_, message) =>
        {
            // What the API refuses, and that it is away, the console tells too: those tests expect it and look at the page.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                _troubles.Enqueue($"console: {message.Text}");
        };
    }

    public IPage Page { get; }

    /// <param name="view">What stands after #, such as <c>/studies/hills</c>.</param>
    public async Task<IPage> GoAsync(string view)
    {
        await Page.GotoAsync($"{_root}/#{view}");
        return Page;
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public ILocator Field(string label) => Page.GetByLabel(label, new() { Exact = true });

    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    public ILocator Region(string name) => Page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });

    /// <summary>The dialog that is open.</summary>
    public ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    /// <summary>No script failed, nothing was asked of another host, no dialog came up, and the policy stopped nothing.</summary>
    public void AssertCalm() => Assert.Empty(_troubles);

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
