using System.Reflection;
using System.Text;

namespace Optuna.Visualization;

/// <summary>Figures as pages.</summary>
public static class FigureHtml
{
    private static readonly Lazy<string> PlotlyJs = new(ReadPlotlyJs);

    /// <summary>A page with the figure and plotly.js in it, about 5 MB: it loads nothing and works offline.</summary>
    /// <param name="title">Of the page; null for the figure's.</param>
    public static string ToHtml(this Figure figure, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return Page(figure, title, $$"""
            Plotly.newPlot('figure', figure.data, figure.layout, {responsive: true, displaylogo: false});
            """);
    }

    /// <summary>Writes <see cref="ToHtml"/> to a file.</summary>
    public static void SaveHtml(this Figure figure, string path, string? title = null) => File.WriteAllText(path, figure.ToHtml(title));

    /// <param name="script">What is done with <c>figure</c>.</param>
    internal static string Page(Figure figure, string? title, string script) => $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:">
        <title>{{PlotText.Escape(title ?? figure.Layout.Title?.Text ?? "Figure")}}</title>
        <style>html, body, #figure { height: 100%; margin: 0 }</style>
        </head>
        <body>
        <div id="figure"></div>
        <script>{{PlotlyJs.Value}}</script>
        <script type="application/json" id="data">{{InScript(figure.ToJson())}}</script>
        <script>
        const figure = JSON.parse(document.getElementById('data').textContent);
        {{script}}
        </script>
        </body>
        </html>

        """;

    /// <summary>JSON that no parser of HTML takes for the end of a script, whatever it says.</summary>
    internal static string InScript(string json) => json.Replace("<", "\\u003c", StringComparison.Ordinal);

    private static string ReadPlotlyJs()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("plotly.min.js")
            ?? throw new InvalidOperationException("plotly.js is missing from this assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // Nothing in it may end the script element it stands in.
        return reader.ReadToEnd().Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase);
    }
}
