using System.Runtime.CompilerServices;
using Optuna.Distributions;
using Optuna.SearchSpaces;
using Optuna.Samplers.CmaEs;
using Optuna.Samplers.Gp;
using Optuna.Samplers.Nsga;
using Optuna.Samplers.Tpe;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Samplers.Auto;

/// <summary>Chooses the sampler by what the study looks like, for those who do not want to.</summary>
/// <remarks>
/// In this order: parameters that not every trial has are TPE's, group by group (Falkner et al. 2018); a joint space that all
/// complete trials share is the Gaussian process', which gets furthest with few trials, up to <see cref="AutoOptions.GpTrials"/>
/// of them (100 where all parameters are choices or grids of at most 100 points); then, if it has neither of those nor constraints,
/// CMA-ES', which gets furthest with many, started from what was found so far (Nomura et al. 2021); else TPE's. Of several objectives the
/// Gaussian process gets at most three; then it is TPE's turn, and from 1000 complete trials on NSGA-II's (NSGA-III's beyond three
/// objectives), whose first parents are the best of them all. Single parameters outside the joint space are TPE's always. The choice follows
/// from the finished trials alone.
/// </remarks>
public sealed class AutoSampler : IRelativeSampler, IStartingSampler
{
    // A joint space of nothing but coarse parameters is the Gaussian process' no longer than so many trials.
    private const int MostOnCoarse = 100;

    private const int FinePoints = 100;

    // More make too many boxes of the hypervolume, and too few of NSGA-II's trials dominate one another.
    private const int FewObjectives = 3;

    private const int TpeTrials = 1000;

    private readonly AutoOptions _options;
    private readonly GpSampler _gp = new(new GpOptions { WarnIndependentSampling = false });
    private readonly TpeSampler _tpe = new();
    private readonly TpeSampler _groups = new(new TpeOptions { Group = true });
    private readonly NsgaIISampler _nsgaII = new();
    private readonly NsgaIIISampler _nsgaIII = new();
    private readonly ConditionalWeakTable<object, CmaEsSampler> _cmaes = [];

    public AutoSampler(AutoOptions? options = null) => _options = options ?? AutoOptions.Default;

    /// <summary>With several objectives every trial is of a generation, whoever draws for it.</summary>
    public void BeforeTrial(SamplingContext context)
    {
        if (context.Study.Directions.Length > 1)
            Genetic(context.Study).BeforeTrial(context);
    }

    public bool DrawsInTurn(SamplingContext context) => Choose(context.Study).DrawsInTurn(context);

    public SearchSpace InferRelativeSpace(SamplingContext context) => Choose(context.Study).InferRelativeSpace(context);

    public IReadOnlyList<TrialParam> SampleRelative(SamplingContext context, SearchSpace space) =>
        Choose(context.Study).SampleRelative(context, space);

    public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
    {
        // What NSGA leaves out of the joint space is to mutate.
        var chosen = Choose(context.Study);
        return chosen is NsgaSampler && chosen.InferRelativeSpace(context).Contains(name)
            ? chosen.SampleIndependent(context, name, distribution)
            : _tpe.SampleIndependent(context, name, distribution);
    }

    /// <summary>Whose turn it is.</summary>
    internal IRelativeSampler Choose(StudyView study)
    {
        if (study.Groups.Length > 1)
            return _groups;
        var space = study.SpaceOfComplete.WithoutSingles();
        if (study.Directions.Length > 1)
            return ChooseForSeveral(study, space);
        var coarse = space.Params.Count(p => IsCoarse(p.Value));
        if (study.CompleteCount < GpShare(allCoarse: coarse == space.Count) && space.Count <= _options.GpParameters)
            return _gp;
        return coarse == 0 && !space.IsEmpty && !study.HasConstraints ? _cmaes.GetValue(study.Memory, _ => StartedFrom(study)) : _tpe;
    }

    private IRelativeSampler ChooseForSeveral(StudyView study, SearchSpace space) =>
        study.CompleteCount < _options.GpTrials && space.Count <= _options.GpParameters && study.Directions.Length <= FewObjectives ? _gp
        : study.CompleteCount < TpeTrials ? _tpe
        : Genetic(study);

    private NsgaSampler Genetic(StudyView study) => study.Directions.Length <= FewObjectives ? _nsgaII : _nsgaIII;

    // On coarse grids it has soon tried the points it believes in.
    private int GpShare(bool allCoarse) => allCoarse ? Math.Min(_options.GpTrials, MostOnCoarse) : _options.GpTrials;

    /// <summary>Choices, or a grid of few points: nothing that a normal distribution could follow.</summary>
    private static bool IsCoarse(Distribution distribution) => distribution switch
    {
        FloatDistribution { Step: { } step } d => (d.High - d.Low) / step < FinePoints,
        FloatDistribution => false,
        IntDistribution d => (d.High - d.Low) / d.Step < FinePoints,
        _ => true,
    };

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
