using Optuna.Distributions;
using Optuna.Json;
using Optuna.Numerics.Sobol;
using Optuna.SearchSpaces;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Samplers.Qmc;

/// <summary>
/// Points of a low-discrepancy sequence, one after the other: more even than chance, and as blind to results.
/// </summary>
/// <remarks>
/// Bergstra and Bengio 2012. The space is that of the lowest-numbered complete or pruned trial, fixed for the rest of the
/// study, and before there is one that of the running trials; a trial without it, such as the first, is drawn at random.
/// The study counts the points, so that however many trials run at once no two share one.
/// </remarks>
public sealed class QmcSampler : IRelativeSampler
{
    private readonly QmcOptions _options;
    private QmcSequence? _sequence;
    private Known? _known;

    public QmcSampler(QmcOptions? options = null) => _options = options ?? QmcOptions.Default;

    /// <summary>Each draw takes the next point, so it must know which was the last.</summary>
    public bool DrawsInTurn(SamplingContext context) => true;

    public SearchSpace InferRelativeSpace(SamplingContext context) => PlanFor(context).Space;

    public IReadOnlyList<TrialParam> SampleRelative(SamplingContext context, SearchSpace space)
    {
        // Coordinates go to parameters in the order the first trial had them.
        var plan = PlanFor(context).Within(space);
        var seen = plan.Params;
        if (_options.Type == QmcType.Sobol && seen.Count > SobolSequence.MaxDimensions)
            throw new InvalidOperationException($"Sobol's sequence has {SobolSequence.MaxDimensions} coordinates, but the trial has {seen.Count} parameters.");
        var index = QmcCounter.Next(context.StudyAttr(plan.CounterKey));
        context.SetStudyAttr(plan.CounterKey, PythonJson.Write(index));

        var point = SequenceFor(seen.Count, plan.Seed).Point(index);
        var drawn = new List<TrialParam>(seen.Count);
        for (var i = 0; i < seen.Count; i++)
        {
            var (name, distribution) = seen[i];
            if (!distribution.IsSingle && At(distribution, point[i]) is { } value)
                drawn.Add(new TrialParam(name, distribution, value));
        }

        return drawn;
    }

    public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
    {
        if (_options.WarnIndependentSampling && OptunaLog.IsEnabled && context.Study.CompleteCount + context.Study.PrunedCount > 0)
        {
            OptunaLog.Warning(
                $"Trial {context.Number}: parameter '{name}' is drawn at random, since it is not in the first finished trial and QmcSampler keeps to that trial's space.");
        }

        return RandomSampler.Uniform(distribution, context.Random.Fallback);
    }

    // At the lower end of a log range rounding may give a number just below it. Optuna refuses that and draws the
    // parameter at random instead, which is repeated here: it is left out.
    private static double? At(Distribution distribution, double u)
    {
        if (distribution is CategoricalDistribution categorical)
            return Math.Floor(u * categorical.Choices.Length);
        var (low, high) = NumericTransform.Bounds(distribution);
        var x = low + (u * (high - low));
        return distribution is FloatDistribution { Log: true } d && Math.Exp(x) < d.Low ? null : NumericTransform.Untransform(distribution, x);
    }

    // Once a trial has finished the plan hardly ever changes: only when an earlier one finishes later.
    private QmcPlan PlanFor(SamplingContext context)
    {
        var study = context.Study;
        if (FirstFinished(study) is not { } first)
            return PlanOf(study, OfRunning(context));
        var known = Volatile.Read(ref _known);
        if (known is not null && known.Memory == study.Memory && known.First == first)
            return known.Plan;
        var plan = PlanOf(study, [.. study.ParamsOf(first).Select(p => KeyValuePair.Create(p.Name, p.Distribution))]);
        Volatile.Write(ref _known, new Known(study.Memory, first, plan));
        return plan;
    }

    private QmcPlan PlanOf(StudyView study, List<KeyValuePair<string, Distribution>> seen) => new(
        _options, _options.Scramble ? _options.Seed ?? study.Seed : 0, seen, seen.Count == 0 ? SearchSpace.Empty : new SearchSpace(seen));

    // The later of two trials has the say on a parameter, the earlier on its place.
    private static List<KeyValuePair<string, Distribution>> OfRunning(SamplingContext context)
    {
        var study = context.Study;
        var seen = new List<KeyValuePair<string, Distribution>>();
        foreach (var p in study.Running.Where(t => t.Number != context.Number).SelectMany(t => study.ParamsOf(t.Number)))
        {
            var at = seen.FindIndex(s => s.Key == p.Name);
            if (at < 0)
                seen.Add(new(p.Name, p.Distribution));
            else
                seen[at] = new(p.Name, p.Distribution);
        }

        return seen;
    }

    private static int? FirstFinished(StudyView study)
    {
        if (study.CompleteCount + study.PrunedCount == 0)
            return null;
        for (var number = 0; number < study.TrialCount; number++)
        {
            if (study.IsFinished(number) && study.States[number] != (byte)TrialState.Fail)
                return number;
        }

        return null;
    }

    // Whichever of two threads comes last, the sequence is the same.
    private QmcSequence SequenceFor(int dimensions, ulong seed)
    {
        var sequence = Volatile.Read(ref _sequence);
        if (sequence is not null && sequence.Dimensions == dimensions && sequence.Seed == seed)
            return sequence;
        sequence = QmcSequence.Of(_options, dimensions, seed);
        Volatile.Write(ref _sequence, sequence);
        return sequence;
    }

    /// <summary>The plan after one history's lowest-numbered finished trial.</summary>
    private sealed record Known(object Memory, int First, QmcPlan Plan);
}
