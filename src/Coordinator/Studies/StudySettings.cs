using Akka.Configuration;

namespace Optuna.Coordinator.Studies;

/// <summary>What an operator turns about studies: HOCON path <c>optuna.study</c>.</summary>
/// <param name="Lease">A worker silent for longer loses its trials.</param>
/// <param name="PassivateAfter">A study nobody asks and no worker holds trials of sleeps after this time.</param>
/// <param name="SnapshotEvery">A snapshot after so many events: how much a study that wakes up reads again at most.</param>
/// <param name="ClaimsJournal">Others could write the journal too: a study that wakes up shuts them out. Follows from the storage.</param>
internal sealed record StudySettings(TimeSpan Lease, TimeSpan PassivateAfter, long SnapshotEvery, bool ClaimsJournal = false)
{
    /// <exception cref="ArgumentException">A value out of range.</exception>
    public static StudySettings From(Config config)
    {
        var study = config.GetConfig("optuna.study");
        var settings = new StudySettings(
            Read("lease", key => study.GetTimeSpan(key)), Read("passivate-after", key => study.GetTimeSpan(key)),
            Read("snapshot-every", key => study.GetLong(key)), study.GetBoolean("claim-journal", false));
        if (settings.Lease < TimeSpan.FromSeconds(1) || settings.Lease > TimeSpan.FromHours(1))
            throw new ArgumentException($"HOCON optuna.study.lease must lie between 1s and 1h (it is {settings.Lease}).");
        if (settings.PassivateAfter < TimeSpan.FromSeconds(1))
            throw new ArgumentException($"HOCON optuna.study.passivate-after must be at least 1s (it is {settings.PassivateAfter}).");
        if (settings.SnapshotEvery < 1)
            throw new ArgumentException($"HOCON optuna.study.snapshot-every must be at least 1 (it is {settings.SnapshotEvery}).");
        return settings;
    }

    private static T Read<T>(string key, Func<string, T> get)
    {
        try
        {
            return get(key);
        }
        catch (Exception e) when (e is FormatException or ConfigurationException or OverflowException)
        {
            throw new ArgumentException($"HOCON optuna.study.{key}: {e.Message}", e);
        }
    }
}
