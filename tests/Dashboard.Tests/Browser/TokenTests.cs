using Microsoft.Playwright;

namespace Optuna.Tests.Browser;

/// <summary>The door where coordinators ask for tokens.</summary>
public sealed class TokenTests(BrowserFixture browser) : IAsyncLifetime
{
    private const string Reader = "reader-token-0123456789", Writer = "writer-token-0123456789", Admin = "admin-token-01234567890";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optuna-dashboard-tokens-");
    private WatchedCluster? _cluster;

    public async ValueTask InitializeAsync()
    {
        string File(string name, string token)
        {
            var path = Path.Combine(_folder.FullName, name);
            System.IO.File.WriteAllText(path, token);
            return path;
        }

        _cluster = await WatchedCluster.StartAsync(
            $"optuna.tokens {{ read-file = \"{File("read", Reader)}\", write-file = \"{File("write", Writer)}\", admin-file = \"{File("admin", Admin)}\" }}");
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster!.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Nobody_sees_anything_without_a_token_that_is_known()
    {
        await using var page = await browser.PageAsync(_cluster!.Url);
        await page.GoAsync("/cluster");
        await Assertions.Expect(page.Heading("Log in")).ToBeVisibleAsync();
        await page.Field("Token").FillAsync("not-a-token-that-anybody-has");
        await page.Button("Log in").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".login").GetByRole(AriaRole.Alert)).ToContainTextAsync("not known");
        page.AssertCalm();
    }

    [Theory]
    [InlineData(Reader, "read", false, false)]
    [InlineData(Writer, "write", true, false)]
    [InlineData(Admin, "admin", true, true)]
    public async Task Each_role_sees_what_it_may_do_and_leaves_no_token_behind(string token, string role, bool writes, bool rules)
    {
        await using var page = await browser.PageAsync(_cluster!.Url);
        await page.GoAsync("/cluster");
        await page.Field("Token").FillAsync(token);
        await page.Page.Keyboard.PressAsync("Enter");
        // Where one wanted to go.
        await Assertions.Expect(page.Heading("Cluster")).ToBeVisibleAsync();
        await Assertions.Expect(page.Region("Nodes").GetByRole(AriaRole.Row).Nth(1)).ToBeVisibleAsync();
        await Assertions.Expect(page.Region("Nodes").GetByRole(AriaRole.Button)).ToHaveCountAsync(rules ? 1 : 0);
        await page.Link("Studies").ClickAsync();
        await Assertions.Expect(page.Heading("Studies")).ToBeVisibleAsync();
        await Assertions.Expect(page.Button("New study")).ToHaveCountAsync(writes ? 1 : 0);
        Assert.DoesNotContain(token, await page.Page.EvaluateAsync<string>("document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"));
        await Assertions.Expect(page.Page.Locator("#link")).ToHaveTextAsync("Live");

        await page.Button($"Log out ({role})").ClickAsync();
        await Assertions.Expect(page.Heading("Log in")).ToBeVisibleAsync();
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Heading("Log in")).ToBeVisibleAsync();
        page.AssertCalm();
    }
}
