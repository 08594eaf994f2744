using System.Runtime.CompilerServices;
using Optuna.Distributions;
using Optuna.SearchSpaces;
using Optuna.Samplers.CmaEs;
using Optuna.Samplers.Gp;
using Optuna.Samplers.Tpe;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Samplers.Auto;

/// <summary>Chooses the sampler by what the study looks like, for those who do not want to.</summary>
/// <remarks>
/// In this order: parameters that not every trial has are TPE's, group by group (Falkner et al. 2018); a joint space that all
/// complete trials share is the Gaussian process', which gets furthest with few trials, up to <see cref="AutoOptions.GpTrials"/>
/// of them; then, if it is numeric and has no constraints, CMA-ES', which gets furthest with many, started from what was
/// found so far (Nomura et al. 2021); else TPE's. Single parameters outside the joint space are TPE's always. The choice follows from the
/// finished trials alone.
/// </remarks>
public sealed class AutoSampler : IRelativeSampler
{
    private readonly AutoOptions _options;
    private readonly GpSampler _gp = new(new GpOptions { WarnIndependentSampling = false });
    private readonly TpeSampler _tpe = new();
    private readonly TpeSampler _groups = new(new TpeOptions { Group = true });
    private readonly ConditionalWeakTable<object, CmaEsSampler> _cmaes = [];

    public AutoSampler(AutoOptions? options = null) => _options = options ?? AutoOptions.Default;

    public void CheckObjectives(int objectives)
    {
        if (objectives != 1)
            throw new ArgumentException($"AutoSampler works with one objective, but the study has {objectives}.");
    }

    public bool DrawsInTurn(SamplingContext context) => Choose(context.Study).DrawsInTurn(context);

    public SearchSpace InferRelativeSpace(SamplingContext context) => Choose(context.Study).InferRelativeSpace(context);

    public IReadOnlyList<TrialParam> SampleRelative(SamplingContext context, SearchSpace space) =>
        Choose(context.Study).SampleRelative(context, space);

    public double SampleIndependent(SamplingContext context, string name, Distribution distribution) =>
        _tpe.SampleIndependent(context, name, distribution);

    /// <summary>Whose turn it is.</summary>
    internal IRelativeSampler Choose(StudyView study)
    {
        if (study.Groups.Length > 1)
            return _groups;
        var space = study.SpaceOfComplete.WithoutSingles();
        if (study.CompleteCount < _options.GpTrials && space.Count <= _options.GpParameters)
            return _gp;
        var numeric = space.Params.All(p => p.Value is not CategoricalDistribution);
        return numeric && !space.IsEmpty && !study.HasConstraints ? _cmaes.GetValue(study.Memory, _ => StartedFrom(study)) : _tpe;
    }

    // From the same trials whenever it is asked for first: those the Gaussian process was given.
    private CmaEsSampler StartedFrom(StudyView study)
    {
        var source = new List<FrozenTrial>();
        foreach (var number in study.FinishOrder)
        {
            if ((TrialState)study.States[number] != TrialState.Complete)
                continue;
            if (source.Count == _options.GpTrials)
                break;
            source.Add(new FrozenTrial
            {
                State = TrialState.Complete, Values = [study.Values(0)[number]], ParamList = study.ParamsOf(number),
            });
        }

        return new CmaEsSampler(new CmaEsOptions { SourceTrials = source, SourceIsHint = true, WarnIndependentSampling = false });
    }
}
