using System.ComponentModel;
using System.Diagnostics;

namespace Optuna.Visualization;

/// <summary>Figures on the screen.</summary>
public static class FigureWindow
{
    /// <summary>Opens the figure in the default browser, from a file in the temporary folder that stays for the browser's sake.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="InvalidOperationException">There is no browser to open; the message has the file.</exception>
    public static string Show(this Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var file = Path.Combine(Path.GetTempPath(), $"optuna-figure-{Guid.NewGuid():N}.html");
        figure.SaveHtml(file);
        try
        {
            Process.Start(new ProcessStartInfo(file) { UseShellExecute = true })?.Dispose();
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"No browser could be opened ({e.Message}); the figure is in {file}.", e);
        }

        return file;
    }
}
