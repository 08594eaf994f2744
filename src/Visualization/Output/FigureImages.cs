using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Optuna.Visualization;

/// <summary>Figures as PNG and SVG, drawn by plotly.js in a headless Chromium.</summary>
public static class FigureImages
{
    private const string Before = "IMAGE[";
    private const string After = "]IMAGE";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="chromium">A Chromium or Chrome; null for the one in the PATH.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidOperationException">It did not draw the figure; the message has what it said.</exception>
    public static async Task<byte[]> ToPngAsync(
        this Figure figure, int width = 1000, int height = 600, string? chromium = null, CancellationToken cancellationToken = default)
    {
        var url = await DrawAsync(figure, "png", width, height, chromium, cancellationToken).ConfigureAwait(false);
        return Convert.FromBase64String(url[(url.IndexOf(',', StringComparison.Ordinal) + 1)..]);
    }

    /// <inheritdoc cref="ToPngAsync"/>
    public static async Task<string> ToSvgAsync(
        this Figure figure, int width = 1000, int height = 600, string? chromium = null, CancellationToken cancellationToken = default)
    {
        var url = await DrawAsync(figure, "svg", width, height, chromium, cancellationToken).ConfigureAwait(false);
        return Uri.UnescapeDataString(url[(url.IndexOf(',', StringComparison.Ordinal) + 1)..]);
    }

    /// <summary>The browser that would be used; null when the PATH has none.</summary>
    public static string? FindChromium() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .SelectMany(_ => new[] { "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome" }, Path.Combine)
        .SelectMany(file => new[] { file, file + ".exe" })
        .FirstOrDefault(File.Exists);

    private static async Task<string> DrawAsync(Figure figure, string format, int width, int height, string? chromium, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(figure);
        if (width < 1 || height < 1)
            throw new ArgumentException($"'width' and 'height' must be positive (they are {width} and {height}).");
        var browser = chromium ?? FindChromium()
            ?? throw new FileNotFoundException("PNG and SVG need a Chromium or Chrome, and there is none in the PATH; name one, or use HTML.");
        if (!File.Exists(browser))
            throw new FileNotFoundException($"There is no browser '{browser}'.", browser);

        var folder = Directory.CreateTempSubdirectory("optuna-figure-");
        try
        {
            var page = Path.Combine(folder.FullName, "figure.html");
            await File.WriteAllTextAsync(page, FigureHtml.Page(figure, null, Script(format, width, height)), cancellationToken).ConfigureAwait(false);
            var (dom, said) = await RunAsync(browser, folder.FullName, page, cancellationToken).ConfigureAwait(false);
            // The script itself is in the page too, but without the brackets side by side.
            var (from, to) = (dom.LastIndexOf(Before, StringComparison.Ordinal), dom.LastIndexOf(After, StringComparison.Ordinal));
            return from >= 0 && to > from
                ? dom[(from + Before.Length)..to].Replace("&amp;", "&", StringComparison.Ordinal)
                : throw new InvalidOperationException($"'{browser}' did not draw the figure. {said.Trim()}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Script(string format, int width, int height) => string.Create(CultureInfo.InvariantCulture, $$"""
        Plotly.toImage({data: figure.data, layout: figure.layout}, {format: '{{format}}', width: {{width}}, height: {{height}}})
          .then(url => { document.body.textContent = 'IMAGE' + '[' + url + ']' + 'IMAGE'; });
        """);

    private static async Task<(string Out, string Error)> RunAsync(string browser, string folder, string page, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(browser) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] arguments =
        [
            "--headless", "--dump-dom", "--virtual-time-budget=60000", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
            $"--user-data-dir={Path.Combine(folder, "profile")}",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // Chromium refuses to sandbox what root runs; the page is our own and loads nothing.
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows) && Environment.UserName == "root")
            start.ArgumentList.Add("--no-sandbox");
        start.ArgumentList.Add(new Uri(page).AbsoluteUri);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{browser}' cannot be started.");
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return (await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"'{browser}' did not draw the figure within {Patience.TotalSeconds:F0} s.");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
