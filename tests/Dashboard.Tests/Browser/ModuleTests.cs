using Microsoft.Playwright;
using Optuna.Tests.Files;

namespace Optuna.Tests.Browser;

/// <summary>Modules of the dashboard that need no coordinator, each by itself in a real browser.</summary>
public sealed class ModuleTests(BrowserFixture browser) : IAsyncLifetime
{
    private FileServer? _server;
    private WatchedPage? _page;

    public async ValueTask InitializeAsync()
    {
        _server = await FileServer.StartAsync();
        _page = await browser.PageAsync(_server.Url);
        await _page.GoAsync("/");
    }

    public async ValueTask DisposeAsync()
    {
        await _page!.DisposeAsync();
        await _server!.DisposeAsync();
    }

    [Theory]
    [InlineData("# Why\ntext", "<h3>Why</h3><p>text</p>")]
    [InlineData("a **b** *c* _d_ ~~e~~ `f*g*`", "<p>a <strong>b</strong> <em>c</em> <em>d</em> <del>e</del> <code>f*g*</code></p>")]
    [InlineData("snake_case_name and 2 * 3 * 4", "<p>snake_case_name and 2 * 3 * 4</p>")]
    [InlineData("- a\n- b\n  - c\n\n1. d", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><ol><li>d</li></ol>")]
    [InlineData("> q\n> r", "<blockquote><p>q\nr</p></blockquote>")]
    [InlineData("```\na < b\n```", "<pre tabindex=\"0\"><code>a &lt; b</code></pre>")]
    [InlineData("---", "<hr>")]
    [InlineData("| a | b |\n|---|---|\n| 1 | **2** |", "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td><strong>2</strong></td></tr></tbody></table>")]
    [InlineData("[x](https://a.example/b)", "<p><a href=\"https://a.example/b\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">x</a></p>")]
    [InlineData("", "")]
    [InlineData("```\nnever closed", "<pre tabindex=\"0\"><code>never closed</code></pre>")]
    public async Task Markdown_becomes_nodes(string source, string html) => Assert.Equal(html, await RenderAsync(source));

    [Theory]
    [InlineData("<script>window.__xss = 1</script>")]
    [InlineData("<img src=x onerror=\"window.__xss = 1\">")]
    [InlineData("[x](javascript:window.__xss=1)")]
    [InlineData("[x](JAVASCRIPT:window.__xss=1)")]
    [InlineData("[x](data:text/html,<script>1</script>)")]
    [InlineData("![x](javascript:window.__xss=1)")]
    [InlineData("**<svg onload=window.__xss=1>**")]
    [InlineData("| a |\n|---|\n| <iframe srcdoc='<script>parent.__xss=1</script>'> |")]
    [InlineData("`</code><script>window.__xss=1</script>`")]
    [InlineData("[<b onclick=1>](\"onmouseover=\"window.__xss=1)")]
    public async Task Markup_in_Markdown_stays_text(string source)
    {
        var html = await RenderAsync(source);
        Assert.DoesNotMatch("<(script|img|svg|iframe|b)[ >]|<a [^>]*href=\"(?i:javascript|data)|<[a-z]+[^>]* on", html);
        Assert.Null(await _page!.Page.EvaluateAsync<int?>("window.__xss ?? null"));
    }

    [Theory]
    // Much that a pattern could be slow at: an answer comes nevertheless.
    [InlineData("*")]
    [InlineData("[")]
    [InlineData("_a_")]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("|-")]
    public async Task Long_and_senseless_Markdown_is_read_in_a_moment(string part)
    {
        var length = await EvaluateAsync<int>("parts/markdown.js", $"m.markdown({Quote(part)}.repeat(2000)).length");
        Assert.True(length > 0);
    }

    [Theory]
    [InlineData("x:0.1..0.5")]
    [InlineData("x:..-1e-7")]
    [InlineData("a:b..c:3..")]
    [InlineData("kind=a=b")]
    [InlineData("kind=")]
    public async Task A_filter_is_written_as_it_was_read(string text) =>
        Assert.Equal(text, await EvaluateAsync<string>("parts/trial-query.js", $"m.write(m.parse({Quote(text)}))"));

    [Fact]
    public async Task An_address_gives_the_question_it_was_made_of_and_nonsense_gives_the_usual_one()
    {
        Assert.True(await EvaluateAsync<bool>("parts/trial-query.js", """
            (() => {
                const asked = { offset: 100, limit: 25, state: ["pruned", "fail"], search: "a&b=c#d", sort: "param:x", objective: 1, filters: [{ name: "x", low: null, high: 2 }, { name: "k", choice: "é" }] };
                return JSON.stringify(m.fromAddress(new URLSearchParams(m.toAddress(asked)))) === JSON.stringify(asked);
            })()
            """));
        Assert.True(await EvaluateAsync<bool>("parts/trial-query.js", """
            JSON.stringify(m.fromAddress(new URLSearchParams("offset=-3&limit=x&state=lost&filter=y"))) === JSON.stringify(m.fromAddress(new URLSearchParams()))
            """));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(5_000, false)]
    [InlineData(100_000, false)]
    [InlineData(100_000, true)]
    public async Task Thinned_points_keep_what_stands_out(int count, bool log)
    {
        var kept = await EvaluateAsync<int[]>("data/thin.js", $$"""
            (() => {
                const rows = [...Array({{count}}).keys()], x = rows.map(i => i + 1), y = rows.map(i => Math.sin(i * 12.9898) % 1);
                if (y.length > 777) [y[777], y[y.length - 3]] = [-50, 50];
                return m.thin(rows, x, y, null, 5000, {{(log ? "true" : "false")}}).rows;
            })()
            """);
        Assert.True(kept.Length <= 5000);
        Assert.Equal(Math.Min(count, 5000) > 4000 || count == 0, kept.Length > 4000 || count == 0);
        Assert.Equal(kept.Distinct().Order(), kept);
        if (count > 5000)
            Assert.Superset(new HashSet<int> { 777, count - 3 }, kept.ToHashSet());
    }

    [Fact]
    public async Task What_is_looked_at_closely_is_not_thinned()
    {
        var rows = await EvaluateAsync<int[]>("data/thin.js", "m.thin([...Array(100000).keys()], [...Array(100000).keys()], Array(100000).fill(0), [500, 2499]).rows");
        Assert.Equal(Enumerable.Range(500, 2000), rows);
    }

    [Theory]
    [InlineData("null", "–")]
    [InlineData("\"Infinity\"", "Infinity")]
    [InlineData("\"NaN\"", "NaN")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("1234567", "1234567")]
    [InlineData("1e-9", "1e-9")]
    [InlineData("-12345678.9", "-1.2346e+7")]
    public async Task Numbers_are_short(string value, string text) => Assert.Equal(text, await EvaluateAsync<string>("base/format.js", $"m.short({value})"));

    private Task<string> RenderAsync(string source) => EvaluateAsync<string>("parts/markdown.js", $"(() => {{ const d = document.createElement('div'); d.append(...m.markdown({Quote(source)})); document.body.append(d); return d.innerHTML; }})()");

    private async Task<T> EvaluateAsync<T>(string module, string expression)
    {
        var result = await _page!.Page.EvaluateAsync<T>($"async () => {{ const m = await import(new URL('js/{module}', document.querySelector('script[type=module]').src.replace('js/main.js', ''))); return {expression}; }}");
        _page.AssertCalm();
        return result;
    }

    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
