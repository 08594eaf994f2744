namespace Optuna.Samples.Quickstart;

/// <summary>What one run is told.</summary>
internal sealed record QuickstartOptions
{
    /// <summary>How many trials this run finishes, on top of those that the study has.</summary>
    public int Trials { get; init; } = 50;

    /// <summary>For a new study; null for another one every time.</summary>
    public ulong? Seed { get; init; }

    /// <summary>In the working directory by default, so that a second run there finds it.</summary>
    public string Storage { get; init; } = "sqlite:///quickstart.db";

    public string StudyName { get; init; } = "breast-cancer";

    /// <summary>Each with <see cref="SlotsPerWorker"/> slots.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>The coordinator's; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>The result as one JSON line on stdout, and what is for people on stderr.</summary>
    public bool Json { get; init; }

    public const int SlotsPerWorker = 2;
}
