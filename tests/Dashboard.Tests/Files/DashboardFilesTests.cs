using System.Net;
using System.Text.RegularExpressions;

namespace Optuna.Tests.Files;

/// <summary>How the dashboard's files are served.</summary>
public sealed partial class DashboardFilesTests : IAsyncLifetime
{
    private readonly HttpClient _client = new(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None });
    private FileServer? _server;

    public async ValueTask InitializeAsync()
    {
        _server = await FileServer.StartAsync();
        _client.BaseAddress = new Uri(_server.Url);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server!.DisposeAsync();
    }

    [Fact]
    public async Task The_page_and_all_it_names_are_there_and_may_load_nothing_from_elsewhere()
    {
        using var page = await _client.GetAsync("/");
        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType!.ToString());
        var named = Names().Matches(html).Select(m => m.Groups[1].Value).ToList();
        Assert.True(named.Count >= 7);
        foreach (var name in named)
        {
            Assert.StartsWith("assets/", name);
            using var file = await _client.GetAsync("/" + name);
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
            AssertGuarded(file);
        }

        AssertGuarded(page);
        // Whatever is inline would need a hole in the policy.
        Assert.DoesNotMatch("<script>|<style|style=|onclick|javascript:", html);
    }

    [Theory]
    [InlineData("js/main.js", "text/javascript; charset=utf-8")]
    [InlineData("css/theme.css", "text/css; charset=utf-8")]
    [InlineData("favicon.svg", "image/svg+xml")]
    [InlineData("vendor/plotly-basic.min.js", "text/javascript; charset=utf-8")]
    [InlineData("vendor/plotly.min.js", "text/javascript; charset=utf-8")]
    public async Task A_file_is_kept_by_its_version_and_goes_compressed(string path, string type)
    {
        var version = await VersionAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/assets/{version}/{path}") { Headers = { { "Accept-Encoding", "gzip, br" } } };
        using var packed = await _client.SendAsync(request);
        using var plain = await _client.GetAsync($"/assets/{version}/{path}");

        Assert.Equal(type, plain.Content.Headers.ContentType!.ToString());
        Assert.Equal("gzip", Assert.Single(packed.Content.Headers.ContentEncoding));
        using var unpacked = new System.IO.Compression.GZipStream(await packed.Content.ReadAsStreamAsync(), System.IO.Compression.CompressionMode.Decompress);
        Assert.Equal(await plain.Content.ReadAsStringAsync(), await new StreamReader(unpacked).ReadToEndAsync());
        Assert.True(plain.Headers.CacheControl is { Public: true, MaxAge.TotalDays: >= 365 });
    }

    [Fact]
    public async Task The_page_itself_is_asked_about_each_time_and_sent_only_when_it_changed()
    {
        using var first = await _client.GetAsync("/");
        Assert.True(first.Headers.CacheControl!.NoCache);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var second = await _client.SendAsync(again);
        Assert.Equal((HttpStatusCode.NotModified, 0), (second.StatusCode, (await second.Content.ReadAsByteArrayAsync()).Length));
    }

    [Fact]
    public async Task A_page_from_before_an_update_gets_the_files_there_are_and_keeps_none()
    {
        using var old = await _client.GetAsync("/assets/0123456789abcdef/js/main.js");
        Assert.Equal(HttpStatusCode.OK, old.StatusCode);
        Assert.True(old.Headers.CacheControl!.NoCache);
    }

    [Fact]
    public async Task Head_says_how_long_and_sends_nothing()
    {
        using var head = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"));
        Assert.True(head.Content.Headers.ContentLength > 0);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/assets/v/no-such.js")]
    [InlineData("/assets/v/")]
    [InlineData("/assets/v/js")]
    [InlineData("/assets/v/..%2f..%2fetc/passwd")]
    [InlineData("/assets/v/js%2fmain.js%00")]
    [InlineData("/assets/v/JS/main.js")]
    [InlineData("/index.html")]
    public async Task What_is_no_file_of_the_dashboard_is_not_found(string path)
    {
        using var answer = await _client.GetAsync(path);
        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{path}: {answer.StatusCode}");
    }

    [Fact]
    public async Task Nothing_can_be_sent_to_it()
    {
        using var answer = await _client.PostAsync("/", new StringContent("x"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    private static void AssertGuarded(HttpResponseMessage answer)
    {
        string Header(string name) => Assert.Single(answer.Headers.GetValues(name));
        var policy = Header("Content-Security-Policy").Split(';', StringSplitOptions.TrimEntries);
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src 'self'", policy);
        Assert.Contains("connect-src 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain(policy, p => p.Contains("unsafe-inline", StringComparison.Ordinal) || p.Contains("unsafe-eval", StringComparison.Ordinal) || p.Contains("http", StringComparison.Ordinal));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
    }

    private async Task<string> VersionAsync() => Version().Match(await _client.GetStringAsync("/")).Groups[1].Value;

    [GeneratedRegex("(?:src|href)=\"([^\"#]+)\"")]
    private static partial Regex Names();

    [GeneratedRegex("assets/([0-9a-f]{16})/")]
    private static partial Regex Version();
}
