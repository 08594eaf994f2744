using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Optuna.MultiObjective;
using Optuna.Studies;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Samplers.Tpe;

/// <summary>
/// The good trials of a study with several objectives: feasible complete ones by non-dominated rank, of the rank that does not fit those
/// that dominate the most together, then pruned ones, then infeasible ones by how much they violate.
/// </summary>
/// <remarks>
/// Ozaki et al. 2022, with Optuna 5's order. Ranks are kept up as trials finish, and the choice within a rank is made anew only when that rank
/// or the number to choose has changed. May be asked from several threads.
/// </remarks>
internal sealed class FrontSplit(int objectives)
{
    private static readonly ConditionalWeakTable<object, FrontSplit> Known = [];

    private readonly Lock _gate = new();
    private readonly RankedFronts _fronts = new(objectives);
    private readonly List<int> _complete = [];
    private readonly List<SplitKey> _rest = [];
    private readonly double[] _losses = new double[objectives];
    private int _taken;
    private (int Rank, int Version, int Size) _chosenOf = (-1, 0, 0);
    private int[] _chosen = [];
    private (int Finished, int Size) _goodOf = (-1, 0);
    private int[] _good = [];

    /// <summary>The split of a view's history.</summary>
    internal static FrontSplit For(StudyView study) => Known.GetValue(study.Memory, _ => new FrontSplit(study.Directions.Length));

    /// <summary>The numbers of the <paramref name="size"/> best complete and pruned trials, or of all if there are fewer; ascending.</summary>
    internal int[] Of(StudyView study, int size)
    {
        lock (_gate)
        {
            if (_goodOf == (study.FinishedCount, size))
                return _good;
            Bring(study);
            _good = Choose(size);
            _goodOf = (study.FinishedCount, size);
            return _good;
        }
    }

    // A draw on another thread may have been for a later view.
    private void Bring(StudyView study)
    {
        var order = study.FinishOrder;
        for (; _taken > order.Length; _taken--)
            Take(study, study.FinishRanks.IndexOf(_taken - 1), add: false);
        for (; _taken < order.Length; _taken++)
            Take(study, order[_taken], add: true);
    }

    private void Take(StudyView study, int number, bool add)
    {
        var state = study.Table.State(number);
        if (state == TrialState.Fail)
            return;
        if (state == TrialState.Complete && !(study.Violation(number) > 0))
        {
            if (add)
            {
                PointSet.Fill(study, number, _losses);
                _fronts.Add(_losses);
                _complete.Add(number);
            }
            else
            {
                _fronts.RemoveLast();
                _complete.RemoveAt(_complete.Count - 1);
            }

            return;
        }

        var key = SplitKey.OfSeveral(study.Table, number);
        var at = _rest.BinarySearch(key);
        if (add)
            _rest.Insert(~at, key);
        else
            _rest.RemoveAt(at);
    }

    private int[] Choose(int size)
    {
        var good = new List<int>(Math.Min(size, _complete.Count + _rest.Count));
        var rank = 0;
        for (; rank < _fronts.Ranks && good.Count + _fronts[rank].Count <= size; rank++)
        {
            foreach (var index in _fronts[rank])
                good.Add(_complete[index]);
        }

        if (rank < _fronts.Ranks && good.Count < size)
            good.AddRange(Some(rank, size - good.Count));
        for (var i = 0; rank == _fronts.Ranks && i < _rest.Count && good.Count < size; i++)
            good.Add(_rest[i].Number);
        good.Sort();
        return [.. good];
    }

    private int[] Some(int rank, int size)
    {
        var of = (rank, _fronts.VersionOf(rank), size);
        if (_chosenOf == of)
            return _chosen;
        int[] members = [.. _fronts[rank].OrderBy(index => _complete[index])];
        var losses = new double[members.Length * objectives];
        for (var i = 0; i < members.Length; i++)
            _fronts.Losses(members[i]).CopyTo(losses.AsSpan(i * objectives));
        var points = new PointSet(losses, members.Length, objectives);
        _chosen = Array.ConvertAll(HypervolumeSubset.Of(points, size, HypervolumeSubset.Reference(points)), row => _complete[members[row]]);
        _chosenOf = of;
        return _chosen;
    }
}
