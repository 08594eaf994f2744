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

    /// <summary>
    /// Whether a draw depends on what was decided for other trials (a counter, a generation, a grid). Then trials are drawn
    /// for one after the other, in the study's own turn, and what is decided is applied before the next draw: it must be quick.
    /// </summary>
    /// <param name="context">Of the draw to come.</param>
    bool DrawsInTurn(SamplingContext context) => false;

    /// <summary>Whether parameters may be drawn before the objective asks for them; not where a draw depends on the order of asking.</summary>
    bool DrawsAhead => true;
}

/// <summary>A sampler that decides something when a trial starts, before the objective asks for anything.</summary>
public interface IStartingSampler : ISampler
{
    /// <summary>A trial starts, for the first time or again. What is set here is recorded with the start, before anybody else's: it must be quick.</summary>
    /// <param name="context">Its generators are the trial's own in any case.</param>
    void BeforeTrial(SamplingContext context);
}

/// <summary>A sampler that comes to an end.</summary>
public interface IExhaustible : ISampler
{
    /// <summary>Whether every point was visited or is being visited: loops and workers then get no further trial.</summary>
    bool IsExhausted(StudyView study);
}

/// <summary>Draws several parameters together, before the objective asks for them.</summary>
public interface IRelativeSampler : ISampler
{
    /// <summary>Which parameters to draw together, from what the study has seen; empty for none.</summary>
    SearchSpace InferRelativeSpace(SamplingContext context);

    /// <summary>Values for parameters of <paramref name="space"/>; those left out are drawn one by one later.</summary>
    IReadOnlyList<TrialParam> SampleRelative(SamplingContext context, SearchSpace space);
}
