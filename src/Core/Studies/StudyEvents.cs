using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Trials;

namespace Optuna.Studies;

/// <summary>A fact about one study. Once in a journal it is never changed, only added to.</summary>
/// <remarks>Which study is said by the journal it stands in. Time is in the event: replay reads no clock and never draws again.</remarks>
public interface IStudyEvent;

/// <summary>Value of a parameter, named by its place in the study's table of parameters (<see cref="StudyEvents.ParamDefined"/>).</summary>
public readonly record struct ParamValue(int Param, double Value);

public static class StudyEvents
{
    /// <param name="Seed">Every trial's generator is derived from it and the trial's number.</param>
    /// <param name="Retry">What becomes of a trial whose worker was lost.</param>
    /// <param name="StopWhen">The terminator that stops the study; null for none.</param>
    public sealed record StudyCreated(
        string Name, ImmutableArray<StudyDirection> Directions, ComponentSpec Sampler, ComponentSpec Pruner,
        ulong Seed, RetryPolicy Retry, DateTimeOffset At, ComponentSpec? StopWhen = null) : IStudyEvent;

    public sealed record StudyRenamed(string Name) : IStudyEvent;

    /// <summary>The last event of a study: its number stays taken.</summary>
    public sealed record StudyDeleted(DateTimeOffset At) : IStudyEvent;

    /// <param name="Json">The value's JSON text, byte for byte as it came.</param>
    public sealed record StudyAttrSet(AttrKind Kind, string Key, string Json) : IStudyEvent;

    public sealed record ModeSet(StudyMode Mode, DateTimeOffset At) : IStudyEvent;

    /// <param name="Trials">Null: none of its own.</param>
    public sealed record BudgetSet(int? Trials, DateTimeOffset At) : IStudyEvent;

    /// <summary>This worker gets no more trials.</summary>
    public sealed record WorkerDrained(WorkerId Worker, DateTimeOffset At) : IStudyEvent;

    /// <summary>A name with a distribution was met for the first time; later events name it by <paramref name="Index"/>, dense from 0.</summary>
    public sealed record ParamDefined(int Index, string Name, Distribution Distribution) : IStudyEvent;

    /// <summary><paramref name="Worker"/> holds the trial until its lease runs out; a waiting trial keeps its number.</summary>
    /// <param name="Lease">Fencing token: grows within the study, and only its holder may change the trial.</param>
    public sealed record TrialStarted(int Number, WorkerId Worker, Guid RequestId, long Lease, DateTimeOffset At) : IStudyEvent;

    /// <summary>A trial that came as a whole: queued (waiting) or added with a result.</summary>
    public sealed record TrialAdded(int Number, FrozenTrial Trial, Guid RequestId) : IStudyEvent;

    /// <summary>What the sampler drew for the joint space; a value counts as the trial's only once <see cref="ParamsSet"/> says so.</summary>
    public sealed record ParamsDrawn(int Number, ImmutableArray<ParamValue> Params) : IStudyEvent;

    /// <summary>The objective asked for these, in this order.</summary>
    public sealed record ParamsSet(int Number, ImmutableArray<ParamValue> Params) : IStudyEvent;

    /// <summary>A storage client set this parameter, or replaced it.</summary>
    public sealed record ParamReplaced(int Number, ParamValue Param) : IStudyEvent;

    /// <summary>A storage client moved the trial to this state.</summary>
    /// <param name="Worker">Who looks after it now, if it runs.</param>
    /// <param name="Values">Empty: it keeps those it had.</param>
    public sealed record TrialStateSet(
        int Number, TrialState State, ImmutableArray<double> Values, WorkerId Worker, Guid RequestId, DateTimeOffset At) : IStudyEvent;

    public sealed record ValueReported(int Number, long Step, double Value) : IStudyEvent;

    /// <summary>The pruner said, after the report of this step, that the trial should stop.</summary>
    public sealed record PruneAdvised(int Number, long Step) : IStudyEvent;

    public sealed record TrialAttrSet(int Number, AttrKind Kind, string Key, string Json) : IStudyEvent;

    /// <param name="Values">One per objective when complete; for a pruned trial its last report, if that is a number; else empty.</param>
    public sealed record TrialFinished(
        int Number, TrialState State, ImmutableArray<double> Values, string? Reason, DateTimeOffset At) : IStudyEvent;

    /// <summary>Its worker was lost: the trial waits again and will run with the same parameters.</summary>
    public sealed record TrialRequeued(int Number, string Reason, DateTimeOffset At) : IStudyEvent;
}
