using System.Collections.Immutable;
using Optuna.Studies;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Samplers;

/// <summary>What a sampler is told, and where it leaves what it must remember.</summary>
public sealed class SamplingContext
{
    private readonly Func<int, StudyView>? _look;
    private readonly SamplingContext? _parent;
    private StudyView? _study;
    private RunningView? _trial;
    private AttrWishes? _set;

    public SamplingContext(StudyView study, int number, RandomStreams random) => (_study, Number, Random) = (study, number, random);

    /// <param name="look">Asked, with the trial's number, when the sampler first looks at the study: one that never does costs no view.</param>
    internal SamplingContext(Func<int, StudyView> look, int number, RandomStreams random) => (_look, Number, Random) = (look, number, random);

    private SamplingContext(SamplingContext parent, RandomStreams random)
        : this(parent.Study, parent.Number, random) => (_parent, _set) = (parent, parent._set ??= new());

    /// <summary>The study as it is now; safe to read while it moves on. Under a pruner with brackets, the trial's own bracket of it.</summary>
    public StudyView Study => _study ??= _look!(Number);

    /// <summary>The trial to draw for. It may be among <see cref="StudyView.Running"/>: leave it out there.</summary>
    public int Number { get; }

    public RandomStreams Random { get; }

    /// <summary>What the objective was given so far, in that order.</summary>
    public ImmutableArray<TrialParam> Params => Trial?.Suggested ?? [];

    /// <summary>Whether the trial was queued with fixed parameters.</summary>
    public bool IsQueued => TrialAttr(FixedParams.Key) is not null;

    private RunningView? Trial => _trial ??= Study.FindRunning(Number);

    /// <summary>JSON text of one of the trial's system attributes, or null.</summary>
    public string? TrialAttr(string key) => _set?.Find(AttrOwner.Trial, key) ?? Study.TrialAttr(Number, key);

    /// <summary>JSON text of one of the study's system attributes, or null.</summary>
    public string? StudyAttr(string key) => _set?.Find(AttrOwner.Study, key) ?? Study.SystemAttr(key);

    /// <summary>Records a system attribute of the trial, in the same decision as what is drawn.</summary>
    public void SetTrialAttr(string key, string json) => (_set ??= new()).Set(AttrOwner.Trial, key, json);

    /// <summary>Records a system attribute of the study, in the same decision as what is drawn.</summary>
    public void SetStudyAttr(string key, string json) => (_set ??= new()).Set(AttrOwner.Study, key, json);

    /// <summary>A context for another sampler that draws part of this trial: what it sets is recorded as this one's.</summary>
    /// <param name="random">The generators it draws from.</param>
    public SamplingContext With(RandomStreams random) => new(this, random);

    /// <summary>Why the value that is drawn lies outside its distribution all the same; null when it must not.</summary>
    public string? OutOfRange { get; private set; }

    /// <summary>Lets the one value that is drawn lie outside its distribution: the user wants it so, and is warned.</summary>
    public void AllowOutOfRange(string warning)
    {
        OutOfRange = warning;
        _parent?.AllowOutOfRange(warning);
    }

    /// <summary>What was set, as wishes the study's shell puts to the rules in one turn with the draw.</summary>
    internal ImmutableArray<IStudyCommand> Wishes => _set?.Commands(Number) ?? [];
}
