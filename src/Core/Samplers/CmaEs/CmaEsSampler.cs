using System.Globalization;
using System.Runtime.CompilerServices;
using Optuna.Distributions;
using Optuna.Numerics;
using Optuna.SearchSpaces;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Samplers.CmaEs;

/// <summary>
/// The covariance matrix adaptation evolution strategy: draws from a normal distribution that moves towards good trials and
/// takes the shape of the objective around them. For numeric parameters and one objective.
/// </summary>
/// <remarks>
/// Hansen's tutorial (arXiv 1604.00772) and, by option, separable (Ros and Hansen 2008), with margin (Hamano et al. 2022), with
/// adapted learning rates (Nomura et al. 2023) and warm started (Nomura et al. 2021). The joint space is what all complete trials
/// share; other parameters are drawn on their own. Unlike Optuna, whose parallel trials beyond a generation's population are
/// lost, every trial counts: see <see cref="Evolution"/>. Trials one after the other repeat Optuna's sequence.
/// </remarks>
public sealed class CmaEsSampler : IRelativeSampler
{
    private readonly CmaEsOptions _options;
    private readonly ConditionalWeakTable<object, Memory> _memories = [];
    private readonly ConditionalWeakTable<object, Memory>.CreateValueCallback _newMemory;
    private readonly string _generationKey;
    private bool _warnedOfSpace;
    private bool _warnedOfConstraints;
    private bool _warnedOfOneDimension;

    /// <exception cref="ArgumentException">Options that exclude one another.</exception>
    public CmaEsSampler(CmaEsOptions? options = null)
    {
        _options = (options ?? CmaEsOptions.Default).Checked();
        _generationKey = _options.Prefix + "generation";
        _newMemory = _ => new Memory(_options);
        foreach (var warning in _options.Deprecated())
            OptunaLog.Warning(warning);
    }

    public void CheckObjectives(int objectives)
    {
        if (objectives != 1)
            throw new ArgumentException($"CmaEsSampler works with one objective, but the study has {objectives}.");
    }

    /// <summary>Every draw: its generation depends on which trials were told before.</summary>
    public bool DrawsInTurn(SamplingContext context) => true;

    public SearchSpace InferRelativeSpace(SamplingContext context) => MemoryOf(context.Study).SpaceOf(context.Study);

    public IReadOnlyList<TrialParam> SampleRelative(SamplingContext context, SearchSpace space)
    {
        var study = context.Study;
        var memory = MemoryOf(study);
        lock (memory)
        {
            memory.Evolution.Fold(study, space);
            if (memory.Evolution.Considered < _options.StartupTrials)
                return [];
            if (memory.Evolution.For(study, space) is not var (strategy, cube))
            {
                WarnOnce(ref _warnedOfSpace, _options.WarnIndependentSampling, "CmaEsSampler does not support a space that changes: parameters are drawn on their own from here on.");
                return [];
            }

            WarnOnce(ref _warnedOfConstraints, study.HasConstraints, "Trials have constraints, but CmaEsSampler does not use them.");
            WarnOnce(ref _warnedOfOneDimension, _options.UseSeparableCma && cube.Dimension == 1, "With one parameter, 'use_separable_cma' has no effect.");
            return Draw(context, memory, strategy, cube);
        }
    }

    public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
    {
        if (_options.WarnIndependentSampling && OptunaLog.IsEnabled && ConsideredAbout(context.Study) >= _options.StartupTrials)
            OptunaLog.Warning(
                $"Parameter '{name}' of trial {context.Number} is drawn on its own: CmaEsSampler does not support categorical parameters or a space that changes.");
        return _options.IndependentSampler?.SampleIndependent(context, name, distribution)
            ?? RandomSampler.Uniform(distribution, context.Random.Fallback);
    }

    private TrialParam[] Draw(SamplingContext context, Memory memory, IEvolutionStrategy strategy, UnitCube cube)
    {
        // As Optuna: until an updated optimizer came with a finished trial, each trial makes one, with a seed; and each trial seeds it anew.
        var own = context.Random.Own;
        if (!memory.Evolution.IsPastFirst)
            own.NextInt64(1, int.MaxValue - 1);
        memory.Random.Reseed((uint)(own.NextInt64(1, 1 << 16) + context.Number));

        var x = memory.Point(cube.Dimension);
        strategy.Ask(memory.Random, x);
        if (_options.WithMargin)
        {
            context.SetTrialAttr(RawPoint.Key, RawPoint.Write(x));
            strategy.Encode(x);
        }

        context.SetTrialAttr(_generationKey, memory.Text(strategy.Generation));
        var drawn = new TrialParam[x.Length];
        for (var i = 0; i < x.Length; i++)
            drawn[i] = cube.Leave(i, x[i]);
        return drawn;
    }

    private int ConsideredAbout(StudyView study) => study.CompleteCount + (_options.ConsiderPrunedTrials ? study.PrunedCount : 0);

    private Memory MemoryOf(StudyView study) => _memories.GetValue(study.Memory, _newMemory);

    private static void WarnOnce(ref bool warned, bool reason, string message)
    {
        if (warned || !reason)
            return;
        warned = true;
        OptunaLog.Warning(message);
    }

    /// <summary>What is kept of one history: its evolution, and buffers.</summary>
    private sealed class Memory(CmaEsOptions options)
    {
        private double[] _point = [];
        private (int Generation, string Text) _text = (0, "0");
        private Tuple<SearchSpace, SearchSpace>? _space;

        internal Evolution Evolution { get; } = new(options);

        internal RandomState Random { get; } = new(0);

        internal double[] Point(int dimension) => _point.Length == dimension ? _point : _point = new double[dimension];

        internal string Text(int generation)
        {
            if (_text.Generation != generation)
                _text = (generation, generation.ToString(CultureInfo.InvariantCulture));
            return _text.Text;
        }

        internal SearchSpace SpaceOf(StudyView study)
        {
            var known = Volatile.Read(ref _space);
            if (known is null || !ReferenceEquals(known.Item1, study.SpaceOfComplete))
                Volatile.Write(ref _space, known = Tuple.Create(study.SpaceOfComplete, SpaceSoFar.Numeric(study.SpaceOfComplete.Params)));
            return known.Item2;
        }
    }
}
