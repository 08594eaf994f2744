using System.Collections.Immutable;

namespace Optuna.Studies.State;

/// <summary>What only some trials have: attributes, reports, a reason.</summary>
internal sealed class TrialDetail
{
    public static readonly TrialDetail None = new();

    public ImmutableArray<KeyValuePair<string, string>> UserAttrs { get; init; } = [];

    public ImmutableArray<KeyValuePair<string, string>> SystemAttrs { get; init; } = [];

    public ImmutableSortedDictionary<long, double> Reports { get; init; } = ImmutableSortedDictionary<long, double>.Empty;

    public string? Reason { get; init; }

    public bool IsEmpty => UserAttrs.IsEmpty && SystemAttrs.IsEmpty && Reports.IsEmpty && Reason is null;
}
