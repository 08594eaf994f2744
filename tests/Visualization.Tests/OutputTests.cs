using System.Text.Json;
using System.Text.RegularExpressions;
using Optuna.Visualization;

namespace Optuna.Tests;

public sealed class OutputTests
{
    private const string Nasty = "</script><script>alert(1)</script><!-- & \"quotes\"";

    private static readonly Figure Plain = Plot.OptimizationHistory(Studies.Of(20, i => [Math.Cos(i)]));

    [Fact]
    public void Json_has_null_where_plotly_knows_no_number_and_nothing_that_is_unset()
    {
        var json = new Figure([new Scatter { Y = new[] { 1, double.NaN, double.PositiveInfinity, -0.5 } }], Layout.Of("t")).ToJson();
        Assert.Equal("""{"data":[{"type":"scatter","y":[1,null,null,-0.5]}],"layout":{"title":{"text":"t"}}}""", json);
    }

    [Fact]
    public void A_page_holds_the_figure_and_plotly_and_loads_nothing()
    {
        var html = Plain.ToHtml();
        Assert.Contains("plotly.js v3.7.0", html, StringComparison.Ordinal);
        var markup = Regex.Replace(html, "(?s)<script[^>]*>.*?</script>", "");
        Assert.DoesNotContain("http:", markup, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", markup, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script[^>]* src=|<link|<img|<iframe", html[..html.IndexOf("<script>", StringComparison.Ordinal)]);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_stay_text_in_a_page()
    {
        var study = Studies.Of(3, i => [i], name: Nasty, change: (_, t) => new Trials.FrozenTrial
        {
            Number = t.Number,
            State = t.State,
            Values = t.Values,
            ParamList = [t.ParamList[0] with { Name = Nasty }, t.ParamList[1]],
            UserAttrs = [KeyValuePair.Create("note", JsonSerializer.Serialize(Nasty))],
            DatetimeStart = t.DatetimeStart,
            DatetimeComplete = t.DatetimeComplete,
        });
        foreach (var figure in new[] { Plot.Slice(study), Plot.Edf(study, targetName: Nasty), Plot.Timeline(study, DateTimeOffset.UnixEpoch), Plot.Rank(study), Plot.ParallelCoordinate(study) })
        {
            var html = figure.ToHtml(title: Nasty);
            // Two parts of our own, the figure, and the script that draws it.
            Assert.Equal(3, Regex.Count(html, "<script", RegexOptions.IgnoreCase) - Regex.Count(PlotlyPart(html), "<script", RegexOptions.IgnoreCase));
            Assert.DoesNotContain("alert(1)</script", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<!--", html, StringComparison.Ordinal);
            var data = Regex.Match(html, "(?s)id=\"data\">(.*?)</script>").Groups[1].Value;
            Assert.Equal(figure.ToJson(), JsonSerializer.Serialize(JsonDocument.Parse(data)));
            // plotly.js itself draws tags: what users named has none.
            Assert.DoesNotContain("\\u003Cscript", data, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Chromium_draws_a_png_and_an_svg()
    {
        var png = await Plain.ToPngAsync(640, 400);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Equal((640, 400), (BigEndian(png, 16), BigEndian(png, 20)));

        var svg = await Plain.ToSvgAsync(640, 400);
        Assert.StartsWith("<svg", svg, StringComparison.Ordinal);
        Assert.Contains("Optimization History Plot", svg, StringComparison.Ordinal);
        Assert.NotEmpty(System.Xml.Linq.XDocument.Parse(svg).Root!.Elements());
    }

    [Fact]
    public async Task A_browser_that_is_not_there_is_named()
    {
        var error = await Assert.ThrowsAsync<FileNotFoundException>(() => Plain.ToPngAsync(chromium: "/nowhere/chromium"));
        Assert.Contains("/nowhere/chromium", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_draws_nothing_is_an_error() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Plain.ToPngAsync(chromium: "/bin/true"));

    private static string PlotlyPart(string html) =>
        html[html.IndexOf("<script>", StringComparison.Ordinal)..html.IndexOf("<script type=", StringComparison.Ordinal)]["<script>".Length..];

    private static int BigEndian(byte[] bytes, int at) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
}
