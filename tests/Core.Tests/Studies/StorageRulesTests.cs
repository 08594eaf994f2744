using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Studies.State;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Studies;

public sealed class StorageRulesTests
{
    private static readonly FloatDistribution s_unit = new(0, 1);

    private static int Create(Given given, FrozenTrial? template = null) =>
        Assert.IsType<StudyReplies.TrialAdded>(given.Send(new StorageCommands.CreateTrial(Guid.NewGuid(), default, template))).Number;

    private static StorageCommands.SetTrialState To(int number, TrialState state, params double[] values) =>
        new(Guid.NewGuid(), default, number, state, [.. values]);

    private static FrozenTrial Trial(Given given, int number) =>
        Assert.IsType<StudyReplies.Trials>(TrialReader.Answer(given.State, new StudyQueries.GetTrial(number))).Page[0];

    private static bool Updated(Given given, IStudyCommand command) => Assert.IsType<StudyReplies.TrialStateSet>(given.Send(command)).Updated;

    [Fact]
    public void Of_several_who_want_a_waiting_trial_one_gets_it_and_may_ask_again()
    {
        var given = Given.AStudy();
        var number = Create(given, new FrozenTrial { State = TrialState.Waiting });
        var first = To(number, TrialState.Running);
        Assert.True(Updated(given, first));
        Assert.False(Updated(given, To(number, TrialState.Running)));
        Assert.True(Assert.IsType<StudyReplies.TrialStateSet>(given.SendInVain(first)).Updated);
        Assert.NotNull(Trial(given, number).DatetimeStart);
    }

    [Fact]
    public void A_trial_is_ended_once_and_the_one_who_did_may_say_so_again()
    {
        var given = Given.AStudy();
        var number = Create(given);
        var end = To(number, TrialState.Complete, 2.5);
        Assert.True(Updated(given, end));
        Assert.True(Assert.IsType<StudyReplies.TrialStateSet>(given.SendInVain(end)).Updated);
        given.Refused(To(number, TrialState.Complete, 2.5), Rejection.TrialFinished);
        given.Refused(To(number, TrialState.Running), Rejection.TrialFinished);
        given.Refused(new StorageCommands.SetTrialParam(number, "x", 0.5, s_unit), Rejection.TrialFinished);
        given.Refused(new StorageCommands.SetIntermediateValue(number, 0, 1), Rejection.TrialFinished);
        Assert.Equal(2.5, Trial(given, number).Value);
        Assert.Equal(number, given.State.Best);
    }

    [Fact]
    public void A_created_trial_asked_for_again_is_the_same()
    {
        var given = Given.AStudy();
        var create = new StorageCommands.CreateTrial(Guid.NewGuid(), default, null);
        var number = Assert.IsType<StudyReplies.TrialAdded>(given.Send(create)).Number;
        Assert.Equal(number, Assert.IsType<StudyReplies.TrialAdded>(given.SendInVain(create)).Number);
    }

    [Fact]
    public void A_parameter_set_again_is_replaced_and_keeps_its_place()
    {
        var given = Given.AStudy();
        var number = Create(given);
        given.Send(new StorageCommands.SetTrialParam(number, "x", 0.5, s_unit));
        given.Send(new StorageCommands.SetTrialParam(number, "y", 0.1, s_unit));
        given.SendInVain(new StorageCommands.SetTrialParam(number, "y", 0.1, s_unit));
        given.Send(new StorageCommands.SetTrialParam(number, "x", 7.5, s_unit));
        Assert.Equal([("x", 7.5), ("y", 0.1)], Trial(given, number).ParamList.Select(p => (p.Name, p.Value)));
        given.Refused(new StorageCommands.SetTrialParam(number, "x", 0, new CategoricalDistribution("a")), Rejection.IncompatibleDistribution);
        given.Refused(new StorageCommands.SetTrialParam(number, "c", 2, new CategoricalDistribution("a", "b")), Rejection.InvalidValue);
        given.Refused(new StorageCommands.SetTrialParam(number, "z", double.NaN, s_unit), Rejection.InvalidValue);
        given.Refused(new StorageCommands.SetTrialParam(number, "l", 0, new FloatDistribution(1, 2, log: true)), Rejection.InvalidValue);
    }

    [Fact]
    public void A_report_is_replaced_and_a_waiting_trial_takes_attributes()
    {
        var given = Given.AStudy();
        var number = Create(given, new FrozenTrial { State = TrialState.Waiting });
        given.Send(new StorageCommands.SetIntermediateValue(number, 3, 1));
        given.Send(new StorageCommands.SetIntermediateValue(number, 3, double.NaN));
        given.SendInVain(new StorageCommands.SetIntermediateValue(number, 3, double.NaN));
        given.Send(new StudyCommands.SetTrialAttr(number, 0, AttrKind.System, "fixed_params", """{"x": 0.25}""", EvenWaiting: true));
        given.Refused(new StudyCommands.SetTrialAttr(number, 0, AttrKind.User, "k", "1"), Rejection.TrialNotRunning);
        Assert.True(double.IsNaN(Trial(given, number).IntermediateValues[3]));
        given.Ask();
        Assert.Equal(0.25, given.Suggest(number, "x", s_unit).Value);
    }

    [Fact]
    public void A_template_is_kept_as_it_is()
    {
        var at = new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        foreach (var state in Enum.GetValues<TrialState>())
        {
            var given = Given.AStudy();
            var template = new FrozenTrial
            {
                State = state, Values = [4], DatetimeStart = at, DatetimeComplete = state.IsFinished() ? at.AddSeconds(1) : null,
                ParamList = [new TrialParam("x", s_unit, 3)], UserAttrs = [KeyValuePair.Create("", "NaN")],
                IntermediateValues = ImmutableSortedDictionary<long, double>.Empty.Add(2, double.PositiveInfinity),
            };
            var trial = Trial(given, Create(given, template));
            Assert.Equal(
                (state, 4.0, template.DatetimeStart, template.DatetimeComplete, 3.0, double.PositiveInfinity),
                (trial.State, trial.Value, trial.DatetimeStart, trial.DatetimeComplete, trial.ParamList[0].Value, trial.IntermediateValues[2]));
        }
    }

    [Fact]
    public void A_complete_trial_without_values_stays_so_and_counts_as_failed_for_samplers()
    {
        var given = Given.AStudy();
        var number = Create(given);
        given.Send(To(number, TrialState.Complete));
        Assert.Equal(TrialState.Complete, Trial(given, number).State);
        Assert.Null(given.State.Best);
        Assert.Equal(0, given.State.View.CompleteCount);
        given.Refused(To(Create(given), TrialState.Complete, 1, 2), Rejection.InvalidValue);
        given.Refused(To(Create(given), TrialState.Complete, double.NaN), Rejection.InvalidValue);
    }

    [Fact]
    public void Values_given_before_the_end_are_kept_when_the_end_has_none()
    {
        var given = Given.AStudy();
        var number = Create(given, new FrozenTrial { State = TrialState.Waiting, Values = [1] });
        Updated(given, To(number, TrialState.Running, 2));
        Updated(given, To(number, TrialState.Waiting));
        Assert.Equal((TrialState.Waiting, 2.0), (Trial(given, number).State, Trial(given, number).Value));
        Updated(given, To(number, TrialState.Complete));
        Assert.Equal(2.0, Trial(given, number).Value);
        Assert.Equal(number, given.State.Best);
    }

    [Fact]
    public void Trials_are_added_in_one_go_and_only_after_the_last_number()
    {
        var given = Given.AStudy();
        var trials = Enumerable.Range(0, 3).Select(i => new FrozenTrial { State = TrialState.Complete, Values = [i] }).ToImmutableArray();
        var add = new StorageCommands.AddTrials(0, trials);
        given.Send(add);
        Assert.Equal(new StudyReplies.TrialAdded(0), given.SendInVain(add));
        given.Refused(new StorageCommands.AddTrials(1, trials), Rejection.InvalidValue);
        given.Send(new StorageCommands.AddTrials(3, trials));
        Assert.Equal(6, given.State.TrialCount);
        Assert.Null(Trial(given, 5).DatetimeComplete);
    }

    [Fact]
    public void The_text_of_a_distribution_is_kept_byte_for_byte()
    {
        var given = Given.AStudy();
        var texts = new[]
        {
            DistributionJson.Write(s_unit), """{"name": "UniformDistribution", "attributes": {"low": 0, "high": 1}}""",
            """{"name":"FloatDistribution","attributes":{"low":0,"high":1.0,"log":false,"step":null}}""",
        };
        var trials = texts.Select(text =>
        {
            var number = Create(given);
            given.Send(new StorageCommands.SetTrialParam(number, "x", 0.5, DistributionJson.ReadExact(text)));
            given.SendInVain(new StorageCommands.SetTrialParam(number, "x", 0.5, DistributionJson.ReadExact(text)));
            return number;
        }).ToList();
        Assert.Equal(texts, trials.Select(n => DistributionJson.TextOf(Trial(given, n).ParamList[0].Distribution)));
        foreach (var number in trials)
            Updated(given, To(number, TrialState.Complete, 1));
        Assert.Equal(["x"], given.State.View.SpaceOfComplete.Params.Select(p => p.Key));
        Assert.Equal(texts, trials.Select(n => DistributionJson.TextOf(Trial(given, n).ParamList[0].Distribution)));
    }

    [Fact]
    public void Changes_hold_each_change_once_and_survive_an_image()
    {
        var given = Given.AStudy();
        var copy = new SortedDictionary<int, FrozenTrial>();
        var (version, finished) = (-1L, 0);
        var random = new Random(5);
        for (var round = 0; round < 60; round++)
        {
            for (var i = random.Next(4); i > 0; i--)
                Step(given, random);
            var more = true;
            while (more)
            {
                var changes = Assert.IsType<StudyReplies.Changes>(TrialReader.Answer(given.State, new StudyQueries.GetChanges(version, finished, 2)));
                foreach (var trial in changes.Finished.Concat(changes.Unfinished))
                    copy[trial.Number] = trial;
                (version, finished, more) = (changes.Version, finished + changes.Finished.Length, changes.More);
            }

            Assert.Equal(given.State.TrialCount, copy.Count);
            foreach (var (number, trial) in copy)
                Assert.Equal((trial.State, trial.Value, trial.UserAttrs.Length), (Trial(given, number).State, Trial(given, number).Value, Trial(given, number).UserAttrs.Length));
            if (round == 30)
                given.Restore(StudyImages.Restore(given.State.Id, StudyImages.Take(given.State, 0), []));
        }

        Assert.Empty(Assert.IsType<StudyReplies.Changes>(TrialReader.Answer(given.State, new StudyQueries.GetChanges(version, finished, 2))).Unfinished);
    }

    private static void Step(Given given, Random random)
    {
        var number = random.Next(given.State.TrialCount + 1);
        if (number == given.State.TrialCount)
            Create(given, random.Next(2) == 0 ? null : new FrozenTrial { State = TrialState.Waiting });
        else if (random.Next(2) == 0)
            given.Send(new StudyCommands.SetTrialAttr(number, 0, AttrKind.User, $"k{random.Next()}", "1", EvenWaiting: true));
        else
            given.Send(To(number, (TrialState)random.Next(5), random.Next(2) == 0 ? [] : [random.NextDouble()]));
    }
}
