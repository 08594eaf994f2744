using Optuna.Pruners;
using Optuna.Studies;
using Optuna.Tests.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Pruners;

public sealed class SuccessiveHalvingPrunerTests : PrunerContract
{
    protected override IPruner Create() => new SuccessiveHalvingPruner(new() { MinResource = 1, ReductionFactor = 2 });

    [Theory]
    [InlineData(1, 0, 0, false)]
    [InlineData(1, 0, 1, true)]
    [InlineData(3, 0, 2, false)]
    [InlineData(3, 0, 3, true)]
    [InlineData(3, 2, 11, false)]
    [InlineData(3, 2, 12, true)]
    public void The_first_rung_lies_at_min_resource_times_the_factor_to_the_rate(int minResource, int rate, long step, bool pruned)
    {
        var given = Given.AStudy();
        var pruner = new SuccessiveHalvingPruner(new() { MinResource = minResource, ReductionFactor = 2, MinEarlyStoppingRate = rate });
        Assert.False(given.Report(given.Ask().Number, 1000, 1, pruner));
        var worse = given.Ask().Number;
        Assert.Equal(pruned, given.Report(worse, step, 2, pruner));
        Assert.Equal(pruned, RungOf(given, worse, 0) is not null);
    }

    [Fact]
    public void One_report_climbs_every_rung_it_has_reached()
    {
        var given = Given.AStudy();
        var number = given.Ask().Number;
        Assert.False(given.Report(number, 3, 0.5, Create()));
        Assert.Equal(["0.5", "0.5", null], Enumerable.Range(0, 3).Select(k => RungOf(given, number, k)));
        Assert.False(given.Report(number, 4, 0.25, Create()));
        Assert.Equal(["0.5", "0.5", "0.25", null], Enumerable.Range(0, 4).Select(k => RungOf(given, number, k)));
        Assert.False(given.Report(number, 7, 9, Create()));
        Assert.Null(RungOf(given, number, 3));
    }

    [Theory]
    [InlineData(StudyDirection.Minimize)]
    [InlineData(StudyDirection.Maximize)]
    public void Of_fewer_trials_than_the_factor_only_the_best_goes_on_and_then_the_best_nth_part(StudyDirection direction)
    {
        var given = Given.AStudy(direction);
        var pruner = new SuccessiveHalvingPruner(new() { MinResource = 1, ReductionFactor = 3 });
        bool Pruned(double value) => given.Report(given.Ask().Number, 1, direction == StudyDirection.Minimize ? value : -value, pruner);

        Assert.False(Pruned(5));
        Assert.False(Pruned(5));
        Assert.True(Pruned(5.001));
        Assert.False(Pruned(4));
        // The sixth and on: two of them.
        Assert.True(Pruned(4.001));
        Assert.False(Pruned(4.001));
        Assert.True(Pruned(4.002));
        Assert.True(Pruned(4.002));
        // The ninth: three of {4, 4.001, 4.001, 4.002, …}.
        Assert.False(Pruned(4.001));
    }

    [Fact]
    public void Trials_of_any_state_compete()
    {
        foreach (var state in new[] { TrialState.Fail, TrialState.Pruned, TrialState.Complete, TrialState.Running })
        {
            var given = Given.AStudy();
            var best = given.Ask().Number;
            given.Report(best, 1, 0, Create());
            if (state != TrialState.Running)
                given.Tell(best, state, state == TrialState.Complete ? [0.0] : []);
            Assert.True(given.Report(given.Ask().Number, 1, 1, Create()));
        }
    }

    [Fact]
    public void NaN_is_pruned_at_a_rung_and_leaves_no_mark_but_goes_on_before_it()
    {
        var given = Given.AStudy();
        var number = given.Ask().Number;
        Assert.False(given.Report(number, 0, double.NaN, Create()));
        Assert.True(given.Report(number, 1, double.NaN, Create()));
        Assert.Null(RungOf(given, number, 0));
    }

    [Fact]
    public void Infinity_competes()
    {
        var given = Given.AStudy();
        Assert.False(given.Report(given.Ask().Number, 1, double.PositiveInfinity, Create()));
        Assert.False(given.Report(given.Ask().Number, 1, double.NegativeInfinity, Create()));
        Assert.True(given.Report(given.Ask().Number, 1, 0, Create()));
    }

    [Theory]
    [InlineData(0, new[] { false, false, false, false })]
    [InlineData(1, new[] { true, false, false, false })]
    [InlineData(3, new[] { true, true, true, false })]
    public void Nobody_goes_on_before_the_bootstrap_is_over(int bootstrap, bool[] pruned)
    {
        var given = Given.AStudy();
        var pruner = new SuccessiveHalvingPruner(new() { MinResource = 1, ReductionFactor = 2, BootstrapCount = bootstrap });
        Assert.Equal(pruned, pruned.Select((_, i) => given.Report(given.Ask().Number, 1, -i, pruner)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(199, 1)]
    [InlineData(200, 2)]
    [InlineData(1099, 10)]
    public void An_automatic_min_resource_is_a_hundredth_of_the_longest_complete_trial(long last, long minResource)
    {
        var given = Given.AStudy();
        var pruner = new SuccessiveHalvingPruner();
        Complete(given, last);
        var number = given.Ask().Number;
        given.Report(number, minResource - 1, 1, pruner);
        Assert.Null(RungOf(given, number, 0));
        given.Report(number, minResource, 1, pruner);
        Assert.NotNull(RungOf(given, number, 0));
    }

    [Fact]
    public void An_automatic_min_resource_waits_for_a_complete_trial_with_reports()
    {
        var given = Given.AStudy();
        given.Finished(0);
        given.Ask();
        given.Report(1, 500, 0);
        given.Tell(1, TrialState.Pruned);
        Assert.False(given.Report(given.Ask().Number, 10_000, double.NaN, new SuccessiveHalvingPruner()));
        Assert.Null(given.State.SystemAttrs[SuccessiveHalvingPruner.MinResourceKey]);
    }

    [Fact]
    public void An_automatic_min_resource_once_found_stays_also_for_a_pruner_that_was_made_anew()
    {
        var given = Given.AStudy();
        Complete(given, 500);
        given.Report(given.Ask().Number, 0, 1, new SuccessiveHalvingPruner());
        Complete(given, 50_000);
        Assert.Equal("5", given.State.SystemAttrs[SuccessiveHalvingPruner.MinResourceKey]);
        var number = given.Ask().Number;
        given.Report(number, 5, 1, new SuccessiveHalvingPruner());
        Assert.NotNull(RungOf(given, number, 0));
    }

    [Fact]
    public void A_rung_beyond_all_numbers_is_never_reached()
    {
        var given = Given.AStudy();
        var pruner = new SuccessiveHalvingPruner(new() { MinResource = int.MaxValue, ReductionFactor = int.MaxValue, MinEarlyStoppingRate = int.MaxValue });
        Assert.False(given.Report(given.Ask().Number, long.MaxValue - 1, double.NaN, pruner));
    }

    [Fact]
    public void A_thousand_trials_at_a_rung_are_ranked_as_three_are()
    {
        var given = Given.AStudy();
        var pruner = new SuccessiveHalvingPruner(new() { MinResource = 1, ReductionFactor = 4 });
        for (var i = 0; i < 2399; i++)
            given.Send(new StudyCommands.SetTrialAttr(given.Ask().Number, 0, AttrKind.System, "completed_rung_0", $"{i * 1999 % 2399}"));
        Assert.False(given.Report(given.Ask().Number, 1, 598.5, pruner));
        Assert.True(given.Report(given.Ask().Number, 1, 599.75, pruner));
    }

    [Theory]
    [InlineData("min_resource", """{"min_resource": 0}""")]
    [InlineData("min_resource", """{"min_resource": "soon"}""")]
    [InlineData("min_resource", """{"min_resource": 1.5}""")]
    [InlineData("reduction_factor", """{"reduction_factor": 1}""")]
    [InlineData("min_early_stopping_rate", """{"min_early_stopping_rate": -1}""")]
    [InlineData("bootstrap_count", """{"min_resource": 1, "bootstrap_count": -1}""")]
    [InlineData("bootstrap_count", """{"bootstrap_count": 1}""")]
    public void An_option_out_of_range_is_refused_by_name(string name, string options) => Assert.Contains(
        $"'{name}'", Assert.Throws<ArgumentException>(() => PrunerCatalog.Create(new ComponentSpec("successive_halving", options))).Message);

    [Fact]
    public void The_catalogue_makes_it() => Assert.IsType<SuccessiveHalvingPruner>(PrunerCatalog.Create(new ComponentSpec(
        "successive_halving", """{"min_resource": 1, "reduction_factor": 2, "min_early_stopping_rate": 0, "bootstrap_count": 3}""")));

    private static string? RungOf(Given given, int number, int rung) =>
        given.Trial(number).SystemAttrs.FirstOrDefault(a => a.Key == $"completed_rung_{rung}").Value;

    private static void Complete(Given given, long lastStep)
    {
        var number = given.Ask().Number;
        given.Report(number, lastStep, 1);
        given.Tell(number, 1.0);
    }
}
