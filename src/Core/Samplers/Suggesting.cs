using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Samplers;

/// <summary>How a study's shells use its sampler: the joint space first, single parameters when asked for.</summary>
public static class Suggesting
{
    /// <summary>The answer to a loop's or worker's ask when a sampler that comes to an end has done so; null while it has not.</summary>
    /// <remarks>Whoever asks without a budget, on his own, is given a trial all the same; so is a queued trial, and one asked for before.</remarks>
    public static StudyReplies.NoTrialLeft? Ended(StudyState state, StudyCommands.AskTrial ask, ISampler sampler) =>
        ask.Budget is not null && sampler is IExhaustible exhaustible && state.Live.WaitingCount == 0
            && state.Live.FindByRequest(ask.RequestId) is null && exhaustible.IsExhausted(state.View)
            ? new StudyReplies.NoTrialLeft(state.Counts.Running)
            : null;

    /// <summary>Values of the joint space; empty when the sampler has none (yet).</summary>
    /// <exception cref="InvalidOperationException">The sampler drew a name that is not in its space, or a value outside its distribution.</exception>
    public static ImmutableArray<TrialParam> DrawJoint(ISampler sampler, SamplingContext context)
    {
        if (sampler is not IRelativeSampler relative)
            return [];
        var space = relative.InferRelativeSpace(context);
        if (space.IsEmpty)
            return [];
        var drawn = relative.SampleRelative(context, space);
        foreach (var p in drawn)
        {
            if (space.Find(p.Name) is not { } distribution)
                throw new InvalidOperationException($"The sampler drew parameter '{p.Name}', which is not in the joint space.");
            if (!distribution.Contains(p.Value))
                throw new InvalidOperationException($"The sampler drew {p.Value} for parameter '{p.Name}', which is not contained in {distribution}.");
        }

        return [.. drawn];
    }

    /// <summary>
    /// The joint space, and besides it every parameter that all finished trials had: drawn ahead, so that a worker
    /// far away needs no question per parameter. What the objective does not ask for is dropped.
    /// </summary>
    public static ImmutableArray<TrialParam> DrawAhead(ISampler sampler, SamplingContext context)
    {
        var drawn = DrawJoint(sampler, context);
        if (!sampler.DrawsAhead)
            return drawn;
        var names = drawn.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var more = drawn.ToBuilder();
        foreach (var (name, distribution) in context.Study.SpaceOfFinished.Params)
        {
            if (distribution.IsSingle || names.Contains(name))
                continue;
            // What lies outside on purpose is drawn when it is asked for, with its warning.
            var value = sampler.SampleIndependent(context, name, distribution);
            if (distribution.Contains(value))
                more.Add(new TrialParam(name, distribution, value));
        }

        return more.ToImmutable();
    }

    /// <summary>Internal value of one parameter.</summary>
    public static double DrawOne(ISampler sampler, SamplingContext context, string name, Distribution distribution) =>
        sampler.SampleIndependent(context, name, distribution);
}
