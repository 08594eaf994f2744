using Akka.Configuration;
using Optuna.Artifacts;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>What an operator turns about the HTTP API: HOCON path <c>optuna.http</c>.</summary>
/// <param name="Artifacts">Where files of trials lie (<c>optuna.artifacts.folder</c>); null when that is not said.</param>
/// <param name="Patience">How long a call may stall while its study cannot be reached; then it fails with 503.</param>
internal sealed record HttpSettings(TimeSpan Patience, IArtifactStore? Artifacts)
{
    /// <exception cref="ArgumentException">A value out of range; the message names it.</exception>
    public static HttpSettings From(Config config)
    {
        TimeSpan patience;
        try
        {
            patience = config.GetTimeSpan("optuna.http.patience");
        }
        catch (Exception e) when (e is FormatException or ConfigurationException or OverflowException)
        {
            throw new ArgumentException($"HOCON optuna.http.patience: {e.Message}", e);
        }

        if (patience < TimeSpan.FromSeconds(1))
            throw new ArgumentException($"HOCON optuna.http.patience must be at least 1s (it is {patience}).");
        var folder = config.GetString("optuna.artifacts.folder", "");
        return folder.Length == 0 || Directory.Exists(folder)
            ? new HttpSettings(patience, folder.Length == 0 ? null : new FileSystemArtifactStore(folder))
            : throw new ArgumentException($"HOCON optuna.artifacts.folder: there is no folder '{folder}'.");
    }
}
