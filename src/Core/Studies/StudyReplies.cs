using System.Collections.Immutable;
using Optuna.Trials;

namespace Optuna.Studies;

/// <summary>An answer of one study.</summary>
public interface IStudyReply;

/// <summary>Why a wish was refused. The numbers are part of the wire format and are never re-used.</summary>
public enum Rejection
{
    /// <summary>No study of that name or number.</summary>
    StudyNotFound = 1,

    /// <summary>The name is taken.</summary>
    StudyExists = 2,

    /// <summary>No trial of that number.</summary>
    TrialNotFound = 3,

    /// <summary>A finished trial never changes.</summary>
    TrialFinished = 4,

    /// <summary>The trial waits; it must be asked for first.</summary>
    TrialNotRunning = 5,

    /// <summary>The trial was taken from its worker.</summary>
    LeaseLost = 6,

    /// <summary>A value, name, count or text that breaks a rule.</summary>
    InvalidValue = 7,

    /// <summary>The parameter had another kind of distribution before.</summary>
    IncompatibleDistribution = 8,

    /// <summary>Not possible with several objectives, or only with several.</summary>
    WrongObjectiveCount = 9,

    /// <summary>Nothing to answer yet, for instance no complete trial.</summary>
    NothingYet = 10,

    /// <summary>The sampler threw; the trial failed.</summary>
    SamplerFailed = 11,

    /// <summary>Sender and receiver speak different versions of the protocol.</summary>
    WrongVersion = 12,

    /// <summary>The node is going down or cannot serve now; ask again.</summary>
    Unavailable = 13,
}

/// <summary>Why there is no trial. The numbers are part of the wire format.</summary>
public enum NoTrialReason
{
    /// <summary>The budget is, or the sampler has tried everything.</summary>
    Spent = 0,

    Paused = 1,

    Stopped = 2,

    /// <summary>This worker is to finish what it has and end.</summary>
    Drained = 3,
}

/// <summary>A running trial and who holds it.</summary>
/// <param name="Worker">Empty when nobody looks after it.</param>
/// <param name="Draining">The worker is to end.</param>
/// <param name="Token">The fencing token it was given with.</param>
/// <param name="Left">How much longer the worker may be silent before the trial is taken from it; null: as long as it likes.</param>
public sealed record TrialLease(int Number, WorkerId Worker, DateTime? StartedAt, bool Draining, long Token = 0, TimeSpan? Left = null);

public static class StudyReplies
{
    /// <summary>Done, or done already.</summary>
    public sealed record Accepted : IStudyReply
    {
        public static readonly Accepted Instance = new();
    }

    /// <param name="Sentence">For people; names the input.</param>
    public sealed record Rejected(Rejection Code, string Sentence) : IStudyReply;

    /// <summary>The asker holds this trial now.</summary>
    /// <param name="Drawn">Values of the joint space, ready to be used by name without another question.</param>
    /// <param name="Fixed">Names whose value somebody fixed when queueing the trial: to be asked for.</param>
    public sealed record TrialAsked(
        int Number, long Lease, DateTimeOffset StartedAt, ImmutableArray<TrialParam> Drawn, ImmutableArray<string> Fixed,
        ImmutableArray<KeyValuePair<string, string>> UserAttrs, ImmutableArray<KeyValuePair<string, string>> SystemAttrs) : IStudyReply;

    /// <summary>Nothing to do, for now or for good.</summary>
    /// <param name="Running">Trials still in work; if one of their workers is lost, its trial comes back.</param>
    public sealed record NoTrialLeft(int Running, NoTrialReason Reason = NoTrialReason.Spent) : IStudyReply
    {
        /// <summary>Whether to ask again later.</summary>
        public bool MayChange => Reason == NoTrialReason.Paused || (Reason == NoTrialReason.Spent && Running > 0);
    }

    /// <param name="Held">Running trials by number.</param>
    public sealed record Leases(ImmutableArray<TrialLease> Held) : IStudyReply;

    /// <summary>Only inside a shell: the value must be drawn and the question repeated with it.</summary>
    public sealed record SampleNeeded : IStudyReply
    {
        public static readonly SampleNeeded Instance = new();
    }

    /// <param name="Value">Internal form.</param>
    /// <param name="Warning">Something the user should know, or null.</param>
    public sealed record ParamSuggested(double Value, string? Warning) : IStudyReply;

    /// <param name="ShouldPrune">The pruner's answer at this report.</param>
    public sealed record Reported(bool ShouldPrune) : IStudyReply;

    /// <param name="Warning">Why a tell without a state became a failure, or null.</param>
    public sealed record TrialTold(TrialState State, ImmutableArray<double> Values, string? Warning) : IStudyReply;

    /// <param name="Number">−1 when nothing was added because it exists already.</param>
    public sealed record TrialAdded(int Number) : IStudyReply;

    /// <param name="Updated">False only when the trial was to run and somebody else has it.</param>
    public sealed record TrialStateSet(bool Updated) : IStudyReply;

    /// <param name="Version">To be named in the next question.</param>
    /// <param name="Finished">Trials that finished since, in the order they did.</param>
    /// <param name="Unfinished">Waiting and running trials that changed since; a trial that has changed again or finished comes once more.</param>
    /// <param name="More">There is more to ask for at once: the page was full.</param>
    public sealed record Changes(long Version, ImmutableArray<FrozenTrial> Finished, ImmutableArray<FrozenTrial> Unfinished, bool More) : IStudyReply;

    public sealed record Summary(StudySummary Study) : IStudyReply;

    /// <summary>A page of trials, ascending by number.</summary>
    /// <param name="Next">First number of the next page; null at the end.</param>
    public sealed record Trials(ImmutableArray<FrozenTrial> Page, int? Next) : IStudyReply;
}
