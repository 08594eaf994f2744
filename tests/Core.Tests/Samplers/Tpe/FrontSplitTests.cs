using CsCheck;
using Optuna.MultiObjective;
using Optuna.Samplers.Tpe;
using Optuna.Studies;
using Optuna.Tests.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Samplers.Tpe;

public sealed class FrontSplitTests
{
    private sealed record Row(TrialState State, double[] Values, double Constraint, int Steps);

    private static readonly Gen<double> Value = Gen.Frequency(
        (8, Gen.Int[0, 5].Select(i => (double)i)), (1, Gen.Const(double.PositiveInfinity)), (1, Gen.Const(double.NegativeInfinity)));

    private static readonly Gen<Row> AnyRow =
        from end in Gen.Int[0, 9]
        from values in Value.Array[3]
        from constraint in Gen.Frequency((3, Gen.Const(double.NaN)), (1, Gen.Const(-1.0)), (1, Gen.Int[1, 3].Select(i => (double)i)))
        from steps in Gen.Int[0, 2]
        select new Row(end == 0 ? TrialState.Fail : end < 3 ? TrialState.Pruned : TrialState.Complete, values, constraint, steps);

    [Fact]
    public void The_split_is_the_one_made_anew_whatever_was_asked_before() => Gen.Select(AnyRow.Array[1, 30], Gen.Int[2, 3]).Sample(
        (rows, objectives) =>
        {
            var given = Given.AStudy([.. Enumerable.Range(0, objectives).Select(k => k == 1 ? StudyDirection.Maximize : StudyDirection.Minimize)]);
            var views = new List<StudyView>();
            foreach (var row in rows)
            {
                Finish(given, row, objectives);
                views.Add(given.State.View);
            }

            var split = new FrontSplit(objectives);
            // Forwards, backwards and in leaps: draws for older views come late.
            int[] order = [.. Enumerable.Range(0, rows.Length), .. Enumerable.Range(0, rows.Length).Reverse(), rows.Length - 1, 0, rows.Length / 2];
            foreach (var at in order)
            {
                foreach (var size in new[] { 0, 1, (at + 3) / 3, at + 1, at + 5 })
                    Assert.Equal(Anew(rows.AsSpan(0, at + 1).ToArray(), objectives, size), split.Of(views[at], size));
            }
        },
        iter: 300);

    [Fact]
    public void A_rank_that_does_not_fit_gives_those_that_dominate_the_most_together()
    {
        var given = Given.AStudy(StudyDirection.Minimize, StudyDirection.Minimize);
        foreach (var (a, b) in new[] { (0.0, 10.0), (1.0, 9.0), (5.0, 5.0), (9.0, 1.0), (10.0, 0.0) })
            Finish(given, new Row(TrialState.Complete, [a, b], double.NaN, 0), 2);
        Assert.Equal([2], new FrontSplit(2).Of(given.State.View, 1));
        Assert.Equal([1, 2, 3], new FrontSplit(2).Of(given.State.View, 3));
    }

    private static void Finish(Given given, Row row, int objectives)
    {
        var trial = FrozenTrial.Create(
            row.State,
            values: row.State == TrialState.Complete ? row.Values[..objectives] : null,
            intermediateValues: row.State == TrialState.Pruned ? Enumerable.Range(0, row.Steps).ToDictionary(s => (long)s, _ => 0.0) : null,
            constraints: double.IsNaN(row.Constraint) ? null : new Dictionary<string, double> { ["c"] = row.Constraint });
        Assert.IsType<StudyReplies.TrialAdded>(given.Send(new StudyCommands.AddTrial(Guid.NewGuid(), trial)));
    }

    private static int[] Anew(Row[] rows, int objectives, int size)
    {
        var numbers = Enumerable.Range(0, rows.Length).Where(n => rows[n].State != TrialState.Fail).ToArray();
        var feasible = numbers.Where(n => rows[n].State == TrialState.Complete && !(rows[n].Constraint > 0)).ToArray();
        var points = new PointSet([.. feasible.SelectMany(n => Enumerable.Range(0, objectives).Select(k => k == 1 ? -rows[n].Values[k] : rows[n].Values[k]))], objectives);
        var ranks = NonDominatedRanks.Of(points);
        var good = new List<int>();
        for (var rank = 0; feasible.Length > 0 && rank <= ranks.Max(); rank++)
        {
            int[] members = [.. Enumerable.Range(0, feasible.Length).Where(i => ranks[i] == rank)];
            if (good.Count + members.Length <= size)
            {
                good.AddRange(members.Select(i => feasible[i]));
                continue;
            }

            var some = points.Take(members);
            good.AddRange(HypervolumeSubset.Of(some, size - good.Count, HypervolumeSubset.Reference(some)).Select(i => feasible[members[i]]));
            break;
        }

        var pruned = numbers.Where(n => rows[n].State == TrialState.Pruned && !(rows[n].Constraint > 0)).OrderBy(n => rows[n].Steps == 0 ? 1 : 1 - rows[n].Steps);
        var infeasible = numbers.Where(n => rows[n].Constraint > 0).OrderBy(n => rows[n].Constraint);
        if (good.Count == feasible.Length)
            good.AddRange(pruned.Concat(infeasible).Take(Math.Max(0, size - good.Count)));
        return [.. good.Order()];
    }
}
