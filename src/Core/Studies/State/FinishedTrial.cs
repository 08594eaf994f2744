using System.Collections.Immutable;
using Optuna.Trials;

namespace Optuna.Studies.State;

/// <summary>A trial at its end, as the columns take it and as a snapshot keeps it.</summary>
/// <param name="StartedAt">UTC ticks; 0 when unknown.</param>
/// <param name="FinishedAt">UTC ticks.</param>
/// <param name="Lease">Token of the worker that ended it: that worker may say so again.</param>
/// <param name="Worker">Who held it at its end; null for nobody.</param>
internal readonly record struct FinishedTrial(
    int Number, TrialState State, ImmutableArray<double> Values, long StartedAt, long FinishedAt, long Lease,
    ImmutableArray<ParamValue> Params, TrialDetail Detail, string? Worker);
