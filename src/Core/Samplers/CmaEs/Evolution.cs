using System.Globalization;
using Optuna.SearchSpaces;
using Optuna.Studies;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Samplers.CmaEs;

/// <summary>One history as an evolution strategy sees it: every finished trial it drew, folded in once, in the order they finished.</summary>
/// <remarks>
/// Follows from the history and its trials' attributes alone, so that read anew it comes to the same state. A generation is told
/// when as many trials as its population have finished, whichever distribution they were drawn from: those drawn from an earlier
/// one count as injected solutions (Hansen, arXiv 1110.4181), so that trials that run side by side are never wasted. Trials one
/// after the other make exactly Optuna's generations; as there, parameters given by someone count as if they had been drawn.
/// </remarks>
internal sealed class Evolution(CmaEsOptions options)
{
    private readonly string _generationKey = options.Prefix + "generation";
    private readonly List<(int Number, int Generation)> _first = [];
    private readonly SpaceSoFar _soFar = new();
    private int _seen;
    private UnitCube? _cube;
    private IEvolutionStrategy? _strategy;
    private Population? _population;
    private ParamColumn[]? _columns;

    // The last space that was found to be the cube's.
    private SearchSpace? _lastSpace;

    /// <summary>Complete trials, and pruned ones with a value when they are considered.</summary>
    internal int Considered { get; private set; }

    /// <summary>Whether some finished trial was drawn from an updated distribution.</summary>
    internal bool IsPastFirst { get; private set; }

    /// <summary>How many trials it has learnt from or holds for the generation to come.</summary>
    internal int Used { get; private set; }

    /// <summary>The strategy for a space and the mapping to it; null when the first generation was told in another space.</summary>
    internal (IEvolutionStrategy Strategy, UnitCube Cube)? For(StudyView study, SearchSpace space)
    {
        Fold(study, space);
        if (!ReferenceEquals(_lastSpace, space) && (_cube is null || !UnitCube.IsSame(_cube.Space, space)))
        {
            if (_columns is not null)
                return null;
            Start(study, space);
        }

        _lastSpace = space;
        return (_strategy!, _cube!);
    }

    internal void Fold(StudyView study, SearchSpace space)
    {
        var order = study.FinishOrder;
        while (_seen < order.Length)
        {
            var number = order[_seen++];
            var state = (TrialState)study.States[number];
            if (state == TrialState.Complete && _columns is null && !_soFar.IsLost)
                _soFar.Add(study.ParamsOf(number).AsSpan());
            if (!(state == TrialState.Complete || (state == TrialState.Pruned && options.ConsiderPrunedTrials)) || double.IsNaN(study.Values(0)[number]))
                continue;
            Considered++;
            if (study.TrialAttr(number, _generationKey) is not { } text ||
                !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var generation))
                continue;
            IsPastFirst |= generation > 0;
            if (_columns is not null)
                Take(study, number, generation);
            else
                _first.Add((number, generation));
            if (_columns is null)
                BeginIfEnough(study, space);
        }
    }

    // The space is settled once there are trials enough for the first generation.
    private void BeginIfEnough(StudyView study, SearchSpace space)
    {
        var settled = Restricted(study, space);
        if (settled.IsEmpty || _first.Count < (options.PopulationSize ?? StrategyParameters.DefaultPopulationSize(settled.Count)))
            return;
        if (_cube is null || !UnitCube.IsSame(_cube.Space, settled))
            Start(study, settled);
        _columns = [.. settled.Params.Select(p => study.Column(p.Key)!)];
        foreach (var (number, generation) in _first)
            Take(study, number, generation);
        _first.Clear();
    }

    // A wrapper may have taken parameters out of what the study itself would give.
    private SearchSpace Restricted(StudyView study, SearchSpace space)
    {
        var all = _soFar.Space;
        return all.Params.All(p => space.Contains(p.Key) || !study.SpaceOfComplete.Contains(p.Key))
            ? all
            : new SearchSpace(all.Params.Where(p => space.Contains(p.Key) || !study.SpaceOfComplete.Contains(p.Key)));
    }

    private void Start(StudyView study, SearchSpace space)
    {
        _lastSpace = null;
        _cube = new UnitCube(space, options.WithMargin);
        _strategy = Origin.Of(_cube, options, study.Directions[0]);
        _population = new Population(_strategy.PopulationSize, space.Count);
    }

    private void Take(StudyView study, int number, int generation)
    {
        var given = study.TrialAttr(number, FixedParams.Key) is not null;
        var value = study.Values(0)[number];
        var x = _population!.Add(study.Directions[0] == StudyDirection.Maximize ? -value : value, generation != _strategy!.Generation);
        if (!(options.WithMargin && !given && RawPoint.TryRead(study.TrialAttr(number, RawPoint.Key), x)))
        {
            for (var i = 0; i < x.Length; i++)
                x[i] = _cube!.Enter(i, _columns![i][number]);

            // Without one of the parameters, or with it in another range.
            if (!UnitCube.Contains(x))
            {
                _population.RemoveLast();
                return;
            }
        }

        Used++;
        if (!_population.IsFull)
            return;
        _strategy!.Tell(_population);
        _population.Clear();
    }
}
