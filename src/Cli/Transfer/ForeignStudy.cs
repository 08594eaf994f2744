using System.Collections.Immutable;
using Optuna.Studies;

namespace Optuna.Cli.Transfer;

/// <summary>A study without its trials, as it stands in one store and is made in another.</summary>
/// <param name="Key">The store's own number of it; 0 where it has none yet.</param>
/// <param name="UserAttrs">JSON texts, as they are written in the store.</param>
/// <param name="TrialCount">How many trials it has, for whoever shows progress.</param>
internal sealed record ForeignStudy(
    long Key, string Name, ImmutableArray<StudyDirection> Directions, ImmutableArray<KeyValuePair<string, string>> UserAttrs,
    ImmutableArray<KeyValuePair<string, string>> SystemAttrs, int TrialCount);
