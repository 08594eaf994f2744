using Optuna.Json;
using Optuna.Numerics;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Studies;

public sealed class BestTrialTests
{
    [Theory]
    [InlineData(StudyDirection.Minimize, 1)]
    [InlineData(StudyDirection.Maximize, 0)]
    public void The_best_trial_follows_the_direction_and_the_first_of_equals_wins(StudyDirection direction, int best)
    {
        var given = Given.AStudy(direction);
        foreach (var value in new[] { 3.0, 1, 2, 1, 3 })
            given.Finished(value);
        Assert.Equal(best, BestNumber(given));
        Assert.Equal(best, given.Summary.BestTrial);
    }

    [Fact]
    public void The_first_by_number_wins_even_when_it_ends_last()
    {
        var given = Given.AStudy();
        given.Ask();
        given.Ask();
        given.Tell(1, 1);
        given.Tell(0, 1);
        Assert.Equal(0, BestNumber(given));
    }

    [Fact]
    public void Without_a_complete_trial_there_is_none()
    {
        var given = Given.AStudy();
        given.Ask();
        given.Tell(0, TrialState.Pruned);
        Assert.Equal(Rejection.NothingYet, Assert.IsType<StudyReplies.Rejected>(given.Best).Code);
    }

    [Fact]
    public void An_infeasible_trial_gives_way_to_the_best_feasible_one()
    {
        var given = Given.AStudy();
        Constrained(given, 1, 0.5);
        Assert.Equal(Rejection.NothingYet, Assert.IsType<StudyReplies.Rejected>(given.Best).Code);
        Constrained(given, 3, 0, -1);
        given.Finished(2);
        Assert.Equal(2, BestNumber(given));
        Assert.Equal(0, given.Summary.BestTrial);
    }

    [Fact]
    public void Several_objectives_have_no_single_best()
    {
        var given = Given.AStudy(StudyDirection.Minimize, StudyDirection.Minimize);
        Assert.Equal(Rejection.WrongObjectiveCount, Assert.IsType<StudyReplies.Rejected>(given.Best).Code);
    }

    [Fact]
    public void The_Pareto_front_keeps_duplicates_and_the_order_of_numbers()
    {
        var given = Given.AStudy(StudyDirection.Minimize, StudyDirection.Maximize);
        foreach (var (a, b) in new[] { (2.0, 2.0), (1, 1), (2, 1), (1, 1), (3, double.PositiveInfinity), (0, 0), (4, 4) })
        {
            given.Ask();
            given.Tell(given.State.TrialCount - 1, a, b);
        }

        Assert.Equal([0, 1, 3, 4, 5], given.BestTrials.AsEnumerable());
    }

    [Fact]
    public void The_Pareto_front_leaves_infeasible_trials_out()
    {
        var given = Given.AStudy(StudyDirection.Minimize, StudyDirection.Minimize);
        given.Ask();
        given.Send(new StudyCommands.SetTrialAttr(0, 0, AttrKind.System, "constraints:c", "1.0"));
        given.Tell(0, 0.0, 0);
        given.Ask();
        given.Tell(1, 1, 1);
        Assert.Equal([1], given.BestTrials.AsEnumerable());
    }

    [Fact]
    public void The_front_agrees_with_the_definition()
    {
        var given = Given.AStudy(StudyDirection.Minimize, StudyDirection.Maximize, StudyDirection.Minimize);
        var random = new RandomState(5);
        for (var n = 0; n < 60; n++)
        {
            given.Ask();
            given.Tell(n, Math.Floor(random.NextDouble() * 5), Math.Floor(random.NextDouble() * 5), Math.Floor(random.NextDouble() * 5));
        }

        double[] Loss(int n) => [given.Trial(n).Values[0], -given.Trial(n).Values[1], given.Trial(n).Values[2]];
        bool Dominates(double[] a, double[] b) => a.Zip(b).All(p => p.First <= p.Second) && a.Zip(b).Any(p => p.First < p.Second);
        var all = Enumerable.Range(0, 60).ToArray();
        Assert.Equal(all.Where(n => !all.Any(m => Dominates(Loss(m), Loss(n)))), given.BestTrials);
    }

    private static int BestNumber(Given given) => Assert.IsType<StudyReplies.Trials>(given.Best).Page.Single().Number;

    private static void Constrained(Given given, double value, params double[] constraints)
    {
        var number = given.Ask().Number;
        for (var i = 0; i < constraints.Length; i++)
            given.Send(new StudyCommands.SetTrialAttr(number, 0, AttrKind.System, $"constraints:{i}", PythonJson.Write(constraints[i])));
        given.Tell(number, value);
    }
}
