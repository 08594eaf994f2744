using System.Collections.Immutable;
using Optuna.Trials;

namespace Optuna.Samplers;

/// <summary>A sampler that does something when a trial ends. In process only: the samplers a cluster knows by name need no such thing.</summary>
public interface IFinishingSampler : ISampler
{
    /// <summary>A trial is about to end. What is set here is recorded before its end is.</summary>
    /// <param name="context">Its generators are the trial's own in any case.</param>
    /// <param name="state">Complete, pruned or failed.</param>
    /// <param name="values">One per objective when complete; else empty.</param>
    void AfterTrial(SamplingContext context, TrialState state, ImmutableArray<double> values);
}
