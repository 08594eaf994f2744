using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Trials;

namespace Optuna.Studies;

/// <summary>What Optuna's storage contract allows (its <c>BaseStorage</c>), which is more than its study does: for clients that bring their own samplers.</summary>
/// <remarks>A trial is fenced by its state alone: a finished one never changes. Values are kept as they come, in range or not.</remarks>
public static class StorageCommands
{
    /// <summary>Makes a trial. Answered by <see cref="StudyReplies.TrialAdded"/>.</summary>
    /// <param name="Worker">Who looks after it while it runs, followed by <c>#</c> and its number: every trial has a lease of its own. Empty for nobody, and then no lease runs out.</param>
    /// <param name="Template">The trial as it is to be, but for its number; null for a running one that starts now.</param>
    public sealed record CreateTrial(Guid RequestId, WorkerId Worker, FrozenTrial? Template) : IStudyCommand;

    /// <summary>Adds trials as they are, in order, from the number <paramref name="First"/> on, which must be the study's next.</summary>
    public sealed record AddTrials(int First, ImmutableArray<FrozenTrial> Trials) : IStudyCommand;

    /// <summary>Sets a parameter of an unfinished trial, or replaces it.</summary>
    /// <param name="Value">Internal form: a number, or the index of a choice.</param>
    public sealed record SetTrialParam(int Number, string Name, double Value, Distribution Distribution) : IStudyCommand;

    /// <summary>Moves an unfinished trial to a state. Answered by <see cref="StudyReplies.TrialStateSet"/>.</summary>
    /// <param name="State">Running is refused (softly) unless the trial waits: of several who want it one gets it.</param>
    /// <param name="Values">Empty keeps those it has.</param>
    public sealed record SetTrialState(Guid RequestId, WorkerId Worker, int Number, TrialState State, ImmutableArray<double> Values) : IStudyCommand;

    /// <summary>Sets the intermediate value of a step, or replaces it.</summary>
    public sealed record SetIntermediateValue(int Number, long Step, double Value) : IStudyCommand;
}
