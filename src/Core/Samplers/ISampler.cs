using Optuna.Distributions;
using Optuna.SearchSpaces;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Samplers;

/// <summary>Draws one parameter on its own.</summary>
/// <remarks>Pure: no clock, storage or random source but the ones passed in, so one seed means one answer. May be called from several threads.</remarks>
public interface ISampler
{
    /// <summary>Internal value for a parameter that is not in the joint space.</summary>
    /// <param name="distribution">Never single.</param>
    double SampleIndependent(SamplingContext context, string name, Distribution distribution);

    /// <summary>Refuses a study it cannot sample for, before the study is made.</summary>
    /// <param name="objectives">How many objectives the study has.</param>
    /// <exception cref="ArgumentException">Too few or too many.</exception>
    void CheckObjectives(int objectives)
    {
    }
}

/// <summary>Draws several parameters together, before the objective asks for them.</summary>
public interface IRelativeSampler : ISampler
{
    /// <summary>Which parameters to draw together, from what the study has seen; empty for none.</summary>
    SearchSpace InferRelativeSpace(SamplingContext context);

    /// <summary>Values for parameters of <paramref name="space"/>; those left out are drawn one by one later.</summary>
    IReadOnlyList<TrialParam> SampleRelative(SamplingContext context, SearchSpace space);
}

/// <summary>What a sampler is told.</summary>
public sealed class SamplingContext
{
    private readonly Func<StudyView>? _look;
    private StudyView? _study;

    public SamplingContext(StudyView study, int number, RandomStreams random) => (_study, Number, Random) = (study, number, random);

    /// <param name="look">Asked when the sampler first looks at the study: one that never does costs no view.</param>
    internal SamplingContext(Func<StudyView> look, int number, RandomStreams random) => (_look, Number, Random) = (look, number, random);

    /// <summary>The study as it is now; safe to read while it moves on.</summary>
    public StudyView Study => _study ??= _look!();

    /// <summary>The trial to draw for. It may be among <see cref="StudyView.Running"/>: leave it out there.</summary>
    public int Number { get; }

    public RandomStreams Random { get; }
}
