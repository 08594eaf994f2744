using Optuna.Json;
using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Studies;

public sealed class StudyViewTests
{
    [Fact]
    public void A_view_does_not_change_while_the_study_moves_on()
    {
        var given = Given.AStudy();
        var texts = new List<(StudyView View, string Text)>();
        var running = new List<int>();
        for (var n = 0; n < 120; n++)
        {
            given.Ask();
            given.Suggest(n, "x", Given.Unit, n / 200.0);
            if (n % 3 == 0)
                given.Suggest(n, "y", new FloatDistribution(0, n % 2 == 0 ? 1 : 2), 0.5);
            running.Add(n);
            if (running.Count == 4)
            {
                var ended = running[n % 3];
                running.Remove(ended);
                given.Tell(ended, n % 7 == 0 ? TrialState.Pruned : TrialState.Complete, n % 7 == 0 ? [] : [n % 11]);
            }

            texts.Add((given.State.View, StateText.Of(given.State.View)));
        }

        Assert.All(texts, t => Assert.Equal(t.Text, StateText.Of(t.View)));
        Assert.Equal(texts.Count, texts.Select(t => t.Text).Distinct().Count());
    }

    [Fact]
    public void The_view_is_the_same_object_until_something_happens()
    {
        var given = Given.AStudy();
        given.Finished(1);
        Assert.Same(given.State.View, given.State.View);
        var before = given.State.View;
        given.Ask();
        Assert.NotSame(before, given.State.View);
    }

    [Fact]
    public void Running_trials_show_what_was_drawn_for_them_under_what_they_took()
    {
        var given = Given.AStudy();
        given.Ask();
        given.Send(new StudyCommands.RecordDrawn(0, [new TrialParam("x", Given.Unit, 0.25), new TrialParam("y", Given.Unit, 0.5)]));
        given.Send(new StudyCommands.SuggestParam(0, 0, "x", new FloatDistribution(0.5, 1), [], 0.75));
        var running = given.State.View.Running.Single();
        Assert.Equal((0.75, 0.5), (running["x"], running["y"]));
        Assert.True(double.IsNaN(running["z"]));
    }

    [Fact]
    public void Waiting_trials_are_not_shown()
    {
        var given = Given.AStudy();
        given.Enqueue("{}");
        Assert.Empty(given.State.View.Running);
    }

    [Fact]
    public void The_joint_space_is_what_all_trials_have_with_equal_distributions()
    {
        var given = Given.AStudy();
        Assert.True(given.State.View.SpaceOfFinished.IsEmpty);
        Trial(given, TrialState.Complete, ("x", Given.Unit), ("y", Given.Unit));
        Trial(given, TrialState.Pruned, ("y", Given.Unit), ("z", Given.Unit));
        Trial(given, TrialState.Fail, ("other", Given.Unit));
        Assert.Equal(["x", "y"], given.State.View.SpaceOfComplete.Params.Select(p => p.Key));
        Assert.Equal(["y"], given.State.View.SpaceOfFinished.Params.Select(p => p.Key));
        Assert.Equal([["y"], ["x"], ["z"]], given.State.View.Groups.Select(g => g.Params.Select(p => p.Key).ToArray()));
        Trial(given, TrialState.Complete, ("x", Given.Unit), ("y", new FloatDistribution(0, 2)));
        Assert.Equal(["x"], given.State.View.SpaceOfComplete.Params.Select(p => p.Key));
        Assert.True(given.State.View.SpaceOfFinished.IsEmpty);
    }

    [Fact]
    public void The_best_numbers_are_feasible_complete_then_pruned_then_infeasible()
    {
        var given = Given.AStudy(StudyDirection.Maximize);
        given.Finished(1);
        given.Finished(5);
        Pruned(given, (0, 9.0));
        Pruned(given, (3, 1.0));
        Pruned(given, (3, 2.0));
        Pruned(given, (3, double.NaN));
        Pruned(given);
        Infeasible(given, 100, 2);
        Infeasible(given, 100, 1);
        given.Finished(5);
        given.Ask();
        given.Tell(10, TrialState.Fail);
        Assert.Equal([1, 9, 0, 4, 3, 5, 2, 6, 8, 7], given.State.View.BestNumbers.AsEnumerable());
    }

    [Fact]
    public void Only_the_best_25_are_kept()
    {
        var given = Given.AStudy();
        for (var n = 0; n < 100; n++)
            given.Finished(n * 37 % 100);
        var expected = Enumerable.Range(0, 100).OrderBy(n => n * 37 % 100).Take(25);
        Assert.Equal(expected, given.State.View.BestNumbers);
    }

    private static void Trial(Given given, TrialState state, params (string Name, Distribution Distribution)[] parameters)
    {
        var number = given.Ask().Number;
        foreach (var (name, distribution) in parameters)
            given.Suggest(number, name, distribution, 0.5);
        given.Tell(number, state, state == TrialState.Complete ? [1] : []);
    }

    private static void Pruned(Given given, params (long Step, double Value)[] reports)
    {
        var number = given.Ask().Number;
        foreach (var (step, value) in reports)
            given.Report(number, step, value);
        given.Tell(number, TrialState.Pruned);
    }

    private static void Infeasible(Given given, double value, double violation)
    {
        var number = given.Ask().Number;
        given.Send(new StudyCommands.SetTrialAttr(number, 0, AttrKind.System, "constraints:c", PythonJson.Write(violation)));
        given.Tell(number, value);
    }
}
