namespace Optuna.Chaos.Faults;

/// <summary>What can be done to a fleet.</summary>
internal enum FaultKind
{
    /// <summary>kill -9, started again after the fault's time.</summary>
    KillCoordinator,

    /// <summary>SIGTERM, started again after the fault's time.</summary>
    StopCoordinator,

    /// <summary>SIGSTOP for the fault's time; past its downing if that is long.</summary>
    FreezeCoordinator,

    KillWorker,

    /// <summary>SIGSTOP for the fault's time; past its lease if that is long.</summary>
    FreezeWorker,

    /// <summary>kill -9 of the database, started again after the fault's time.</summary>
    KillDatabase,

    FreezeDatabase,

    /// <summary>One coordinator hears nobody, nor the database.</summary>
    CutCoordinator,

    /// <summary>Only the link between two coordinators.</summary>
    CutLink,

    /// <summary>Only the link between one coordinator and the database.</summary>
    CutDatabase,

    CutWorker,

    /// <summary>The clock of one coordinator is wrong for the fault's time.</summary>
    CoordinatorClock,

    WorkerClock,

    /// <summary>The disk the studies are kept on is full for the fault's time.</summary>
    FullDisk,

    /// <summary>An operator pauses a study and resumes it.</summary>
    PauseStudy,
}

internal static class FaultKinds
{
    /// <summary>As in the JSON line: kill-coordinator.</summary>
    public static string Name(this FaultKind kind) =>
        string.Concat(kind.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $"-{c}" : $"{c}")).ToLowerInvariant();
}
