using System.Text.Json;
using Optuna.Trials;

namespace Optuna.Chaos.Workers;

/// <summary>A result whose acknowledgement has reached the worker: from then on it must stand in the study for ever, exactly so.</summary>
/// <param name="Worker">The process, for people who read a log.</param>
/// <param name="Value">What the worker told; null for a trial that was not completed.</param>
internal sealed record AcknowledgedResult(string Study, int Number, TrialState State, double? Value, string Worker)
{
    public string ToLine() => JsonSerializer.Serialize(this);

    /// <summary>Every whole line of a log: a worker may have been killed while it wrote the last one.</summary>
    public static IReadOnlyList<AcknowledgedResult> Read(string text) =>
        [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<AcknowledgedResult>(line)!)];
}
