using Optuna.Pruners;
using Optuna.Studies;
using Optuna.Tests.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Pruners;

public sealed class NonDominationPrunerTests : PrunerContract
{
    protected override IPruner Create() => new NonDominationPruner();

    // Five complete trials, each better than the next in both objectives (the second is maximised).
    private static Study Ladder(IPruner pruner)
    {
        var study = Study.Create(
            directions: [StudyDirection.Minimize, StudyDirection.Maximize], sampler: new Optuna.Samplers.RandomSampler(), pruner: pruner, seed: 1);
        for (var i = 1; i <= 5; i++)
        {
            var trial = study.Ask();
            trial.Report([i, -i], 3);
            Assert.False(trial.ShouldPrune());
            study.Tell(trial, [i, -i]);
        }

        return study;
    }

    [Theory]
    [InlineData(9, -9, true)] // All five dominate it.
    [InlineData(3.5, -3.5, true)] // Three of five.
    [InlineData(2.5, -2.5, false)] // Two of five.
    [InlineData(3, -3, false)] // An equal one does not dominate.
    [InlineData(0.5, -99, false)] // Best in the first objective, worst in the second.
    [InlineData(99, 0, false)] // And the other way round.
    [InlineData(double.NaN, 0, true)]
    public void A_trial_is_pruned_that_more_than_half_of_the_others_dominate_at_its_step(double first, double second, bool pruned)
    {
        var trial = Ladder(new NonDominationPruner()).Ask();
        trial.Report([first, second], 3);
        Assert.Equal(pruned, trial.ShouldPrune());
    }

    [Fact]
    public void A_report_that_is_no_number_dominates_nobody()
    {
        var study = Study.Create(
            directions: [StudyDirection.Minimize, StudyDirection.Minimize], sampler: new Optuna.Samplers.RandomSampler(), pruner: new NonDominationPruner(), seed: 1);
        for (var i = 0; i < 5; i++)
        {
            var known = study.Ask();
            known.Report([double.NaN, 0], 3);
            study.Tell(known, [1, 1]);
        }

        var trial = study.Ask();
        trial.Report([9, 9], 3);
        Assert.False(trial.ShouldPrune());
    }

    [Fact]
    public void Other_steps_are_not_compared_with()
    {
        var trial = Ladder(new NonDominationPruner()).Ask();
        trial.Report([9, -9], 2);
        Assert.False(trial.ShouldPrune());
    }

    [Fact]
    public void It_keeps_quiet_in_the_warm_up_between_intervals_and_while_there_are_few_trials()
    {
        foreach (var options in new NonDominationPrunerOptions[] { new() { StartupTrials = 6 }, new() { WarmupSteps = 4 }, new() { MinTrials = 6 } })
        {
            var early = Ladder(new NonDominationPruner(options)).Ask();
            early.Report([9, -9], 3);
            Assert.False(early.ShouldPrune());
        }

        // Steps 2 and 3 are of one interval, and it speaks at its first.
        var trial = Ladder(new NonDominationPruner(new NonDominationPrunerOptions { IntervalSteps = 2 })).Ask();
        trial.Report([9, -9], 2);
        trial.Report([9, -9], 3);
        Assert.False(trial.ShouldPrune());
    }

    [Fact]
    public void With_one_objective_it_is_the_median_rule_on_the_last_report()
    {
        foreach (var direction in new[] { StudyDirection.Minimize, StudyDirection.Maximize })
        {
            var study = Study.Create(direction: direction, sampler: new Optuna.Samplers.RandomSampler(), pruner: new NonDominationPruner(), seed: 1);
            for (var i = 1; i <= 5; i++)
            {
                var trial = study.Ask();
                trial.Report(i, 0);
                study.Tell(trial, i);
            }

            foreach (var value in new[] { 0.5, 2.5, 3, 3.5, 9 })
            {
                var trial = study.Ask();
                trial.Report(value, 0);
                Assert.Equal(direction == StudyDirection.Minimize ? value > 3 : value < 3, trial.ShouldPrune());
            }
        }
    }

    [Fact]
    public void Reports_are_kept_as_attributes_and_a_study_read_back_prunes_on_as_before()
    {
        var pruner = new NonDominationPruner();
        var given = Given.AStudy(StudyDirection.Minimize, StudyDirection.Minimize);
        for (var i = 1; i <= 5; i++)
        {
            var number = given.Ask().Number;
            Report(given, number, i, i);
            given.Send(new StudyCommands.TellTrial(number, 0, null, [i, i], []));
        }

        Assert.Equal("[1.0, 1.0]", TrialReader.Read(given.State, 0)!.SystemAttrs.Single(a => a.Key == "intermediate_values:1").Value);
        var next = given.Ask().Number;
        var again = StudyState.Replay(given.State.Id, given.Events);
        var report = new StudyCommands.ReportValue(next, 0, 1, 9, [], [9]);
        Assert.True(Assert.IsType<StudyReplies.Reported>(Pruning.Report(again, report, pruner, c => Apply(again, c))).ShouldPrune);
        Assert.True(Report(given, next, 9, 9));
        // Said again, other values change nothing.
        Assert.True(Report(given, next, 0, 0));

        bool Report(Given g, int number, double a, double b) => Assert.IsType<StudyReplies.Reported>(
            Pruning.Report(g.State, new StudyCommands.ReportValue(number, 0, 1, a, [], [b]), pruner, g.Send)).ShouldPrune;

        IStudyReply Apply(StudyState state, IStudyCommand command)
        {
            var (reply, events) = StudyRules.Decide(state, command, given.Clock.GetUtcNow());
            foreach (var e in events)
                state.Apply(e);
            return reply;
        }
    }

    [Fact]
    public void A_report_must_have_a_value_for_each_objective_and_other_pruners_leave_such_trials_alone()
    {
        var study = Ladder(new MedianPruner());
        var trial = study.Ask();
        Assert.Throws<NotSupportedException>(() => trial.ShouldPrune());
        Assert.Throws<NotSupportedException>(() => trial.Report(1, 0));
        Assert.Contains("'values'", Assert.Throws<ArgumentException>(() => trial.Report([1, 2, 3], 0)).Message);
        trial.Report([9, -9], 3);
        Assert.False(trial.ShouldPrune());
    }

    [Fact]
    public void A_pruned_trial_has_no_values_and_the_study_goes_on()
    {
        var study = Ladder(new NonDominationPruner());
        study.Optimize(
            t =>
            {
                double[] values = [10 + t.SuggestFloat("x", 0, 1), -10];
                t.Report(values, 3);
                return t.ShouldPrune() ? throw new TrialPrunedException() : values;
            },
            nTrials: 3);
        Assert.All(study.GetTrials(TrialState.Pruned), t => Assert.Empty(t.Values));
        Assert.Equal(3, study.GetTrials(TrialState.Pruned).Length);
        Assert.Equal(0, Assert.Single(study.BestTrials).Number);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_share_out_of_range_is_refused_by_name(double share) => Assert.Contains(
        "'dominated_share'", Assert.Throws<ArgumentException>(() => new NonDominationPruner(new NonDominationPrunerOptions { DominatedShare = share })).Message);
}
