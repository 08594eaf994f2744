using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Trials;

namespace Optuna.Studies;

/// <summary>A wish about one study. Repeated, it gets the same answer and changes nothing.</summary>
public interface IStudyCommand;

public static class StudyCommands
{
    /// <param name="Retry">What becomes of a trial whose worker was lost.</param>
    /// <param name="StopWhen">The terminator that stops the study (<see cref="Terminators.TerminatorCatalog"/>); null for none.</param>
    public sealed record CreateStudy(
        string Name, ImmutableArray<StudyDirection> Directions, ComponentSpec Sampler, ComponentSpec Pruner,
        ulong Seed, RetryPolicy Retry, ComponentSpec? StopWhen = null) : IStudyCommand;

    public sealed record RenameStudy(string Name) : IStudyCommand;

    public sealed record DeleteStudy : IStudyCommand;

    /// <param name="Json">Well-formed JSON text (Python's dialect).</param>
    public sealed record SetStudyAttr(AttrKind Kind, string Key, string Json) : IStudyCommand;

    /// <summary>Pauses, resumes or stops the study.</summary>
    public sealed record SetMode(StudyMode Mode) : IStudyCommand;

    /// <summary>How many trials the study may have in all, whatever the askers' own budgets say; null leaves it to them.</summary>
    public sealed record SetBudget(int? Trials) : IStudyCommand;

    /// <summary>The worker gets no more trials of this study: it finishes those it has, and ends.</summary>
    public sealed record DrainWorker(WorkerId Worker) : IStudyCommand;

    /// <summary>Names of the objectives, one each.</summary>
    public sealed record SetMetricNames(ImmutableArray<string> Names) : IStudyCommand;

    /// <summary>A free slot asks for work: the oldest waiting trial, else a new one.</summary>
    /// <param name="RequestId">Chosen by the asker; asked again with it, the same trial is answered while it runs, and nothing is given once it is finished.</param>
    /// <param name="Budget">How many trials the study may have in all (waiting ones not counted). Null for none, and no end either when the sampler has tried everything.</param>
    public sealed record AskTrial(WorkerId Worker, Guid RequestId, int? Budget) : IStudyCommand;

    /// <summary>What the sampler drew for the joint space of a running trial. Sent by the study's own shell.</summary>
    public sealed record RecordDrawn(int Number, ImmutableArray<TrialParam> Params) : IStudyCommand;

    /// <summary>The objective asks for a parameter.</summary>
    /// <param name="Lease">The token the trial was given with; 0 when asked without one.</param>
    /// <param name="Used">Drawn parameters the objective took before this one, in order.</param>
    /// <param name="Sampled">Internal value; null until a sampler was consulted (answer <see cref="StudyReplies.SampleNeeded"/>).</param>
    public sealed record SuggestParam(
        int Number, long Lease, string Name, Distribution Distribution, ImmutableArray<TrialParam> Used, double? Sampled = null) : IStudyCommand
    {
        /// <summary>What to warn of when <see cref="Sampled"/> lies outside the distribution on purpose. Said by the study's own shell, never sent.</summary>
        public string? OutOfRange { get; init; }
    }

    /// <summary>An intermediate value.</summary>
    /// <param name="Step">At least 0.</param>
    /// <param name="Value">Of the only or first objective.</param>
    /// <param name="More">Of the further objectives, one each; default when there is one objective.</param>
    public sealed record ReportValue(
        int Number, long Lease, long Step, double Value, ImmutableArray<TrialParam> Used, ImmutableArray<double> More = default) : IStudyCommand;

    /// <param name="EvenWaiting">Allowed while the trial waits too.</param>
    public sealed record SetTrialAttr(int Number, long Lease, AttrKind Kind, string Key, string Json, bool EvenWaiting = false) : IStudyCommand;

    /// <summary>Ends a trial.</summary>
    /// <param name="State">Complete, pruned or fail; null: complete if the values are right, else fail.</param>
    /// <param name="Values">Default when there are none.</param>
    /// <param name="Reason">For people, why it failed.</param>
    /// <param name="SkipIfFinished">Answer a finished trial's result instead of refusing.</param>
    public sealed record TellTrial(
        int Number, long Lease, TrialState? State, ImmutableArray<double> Values, ImmutableArray<TrialParam> Used,
        string? Reason = null, bool SkipIfFinished = false) : IStudyCommand;

    /// <summary>The pruner says a trial should stop after the report of this step. Sent by the study's own shell.</summary>
    public sealed record AdvisePrune(int Number, long Step) : IStudyCommand;

    /// <summary>The worker of a trial is lost: put it back, or fail it once the study's retry limit is reached.</summary>
    public sealed record AbandonTrial(int Number, long Lease, string Reason) : IStudyCommand;

    /// <summary>Queues a trial with given parameters.</summary>
    /// <param name="Params">External values by name, as a JSON object.</param>
    /// <param name="SkipIfExists">Do nothing when a trial with these parameters is there already.</param>
    public sealed record EnqueueTrial(
        Guid RequestId, string Params, ImmutableArray<KeyValuePair<string, string>> UserAttrs, bool SkipIfExists) : IStudyCommand;

    /// <summary>Adds a trial that was made elsewhere; its number is given anew.</summary>
    public sealed record AddTrial(Guid RequestId, FrozenTrial Trial) : IStudyCommand;
}
