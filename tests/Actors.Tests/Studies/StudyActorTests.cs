using Akka.Actor;
using Optuna.Cluster.Protocol;
using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Tests.Studies;

public sealed class StudyActorTests : StudyProbe
{
    [Fact]
    public async Task A_told_value_survives_a_restart_of_the_study()
    {
        var study = await CreatedStudy();
        var trial = await Ask(study);
        await Send<StudyReplies.TrialTold>(study, Tell(trial, 0.25));

        study = await Restarted(study);

        var best = await Send<StudyReplies.Trials>(study, new StudyQueries.GetBestTrial());
        Assert.Equal(0.25, best.Page[0].Value);
    }

    [Fact]
    public async Task A_study_that_was_never_made_refuses_and_stays_unmade()
    {
        var study = Study();
        Assert.Equal(Rejection.StudyNotFound, (await Send<StudyReplies.Rejected>(study, new StudyQueries.GetSummary())).Code);
        var ask = new StudyCommands.AskTrial(new WorkerId("w"), Guid.NewGuid(), null);
        Assert.Equal(Rejection.StudyNotFound, (await Send<StudyReplies.Rejected>(study, ask)).Code);
    }

    [Fact]
    public async Task The_same_request_gets_the_same_trial_also_after_a_restart()
    {
        var study = await CreatedStudy();
        var request = Guid.NewGuid();
        var first = await Ask(study, request: request);
        var second = await Ask(study, request: request);
        study = await Restarted(study);
        var third = await Ask(study, request: request);

        Assert.Equal((first.Number, first.Lease), (second.Number, second.Lease));
        Assert.Equal((first.Number, first.Lease), (third.Number, third.Lease));
        Assert.Single(await Trials(study));
    }

    [Fact]
    public async Task Who_evaluated_a_trial_is_known_after_its_end_and_after_a_restart()
    {
        var study = await CreatedStudy();
        await Send<StudyReplies.TrialTold>(study, Tell(await Ask(study, "a"), 1));
        await Send<StudyReplies.TrialTold>(study, Tell(await Ask(study, ""), 1));
        await Ask(study, "b");
        Assert.Equal(["a", null, "b"], (await Trials(study)).Select(t => t.Worker));

        study = await Restarted(study);

        Assert.Equal(["a", null, "b"], (await Trials(study)).Select(t => t.Worker));
    }

    [Fact]
    public async Task What_all_trials_had_so_far_is_drawn_with_the_ask_and_taken_by_name()
    {
        var study = await CreatedStudy();
        var x = new FloatDistribution(-5, 5);
        var first = await Ask(study);
        Assert.Empty(first.Drawn);
        await Send<StudyReplies.ParamSuggested>(study, new StudyCommands.SuggestParam(first.Number, first.Lease, "x", x, []));
        await Send<StudyReplies.TrialTold>(study, Tell(first, 1));

        var second = await Ask(study);
        var drawn = Assert.Single(second.Drawn);
        await Send<StudyReplies.TrialTold>(study, Tell(second, 2) with { Used = [drawn] });

        var trials = await Trials(study);
        Assert.Equal("x", drawn.Name);
        Assert.Equal(drawn.Value, trials[1].ParamList.Single().Value);
        Assert.NotEqual(trials[0].ParamList.Single().Value, drawn.Value);
    }

    [Fact]
    public async Task A_drawn_parameter_that_is_not_used_is_no_parameter_of_the_trial()
    {
        var study = await CreatedStudy();
        var first = await Ask(study);
        await Send<StudyReplies.ParamSuggested>(study, new StudyCommands.SuggestParam(first.Number, first.Lease, "x", new FloatDistribution(0, 1), []));
        await Send<StudyReplies.TrialTold>(study, Tell(first, 1));
        var second = await Ask(study);
        await Send<StudyReplies.TrialTold>(study, Tell(second, 2));

        Assert.Empty((await Trials(study))[1].ParamList);
    }

    [Fact]
    public async Task Many_askers_at_once_get_a_trial_each_and_the_budget_is_exact()
    {
        var study = await CreatedStudy();
        var asks = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => SendAny(study, i)));

        Assert.Equal(20, asks.OfType<StudyReplies.TrialAsked>().Select(t => t.Number).Distinct().Count());
        Assert.Equal(30, asks.OfType<StudyReplies.NoTrialLeft>().Count());
        Assert.Equal(Enumerable.Range(0, 20), (await Trials(study)).Select(t => t.Number));
    }

    [Fact]
    public async Task A_silent_worker_loses_its_trial_and_cannot_change_it_any_more()
    {
        var study = await CreatedStudy(Defaults with { Lease = TimeSpan.FromSeconds(1) });
        var lost = await Ask(study, "silent");

        await AwaitAssertAsync(
            async () => Assert.Equal(TrialState.Waiting, (await Trials(study))[0].State), TimeSpan.FromSeconds(20));
        var again = await Ask(study, "other");

        Assert.Equal(lost.Number, again.Number);
        Assert.NotEqual(lost.Lease, again.Lease);
        Assert.Equal(Rejection.LeaseLost, (await Send<StudyReplies.Rejected>(study, Tell(lost, 1))).Code);
        await Send<StudyReplies.TrialTold>(study, Tell(again, 2));
        Assert.Equal(2, Assert.Single(await Trials(study)).Value);
    }

    [Fact]
    public async Task A_worker_that_gives_signs_of_life_keeps_its_trial()
    {
        var study = await CreatedStudy(Defaults with { Lease = TimeSpan.FromSeconds(1) });
        var kept = await Ask(study, "alive");
        var lost = await Ask(study, "silent");

        await LostAsync(study, lost, whileSpeakingFor: kept);

        Assert.Equal(TrialState.Running, (await Trials(study))[kept.Number].State);
    }

    // An ask was sent twice, and answered twice: with "no trial left", after which the worker asked anew, and later with a trial.
    [Fact]
    public async Task A_living_worker_that_does_not_know_of_a_trial_of_its_own_loses_it_and_may_get_it_again()
    {
        var study = await CreatedStudy(Defaults with { Lease = TimeSpan.FromSeconds(1) });
        var unknown = await Ask(study, "alive");
        var known = await Ask(study, "alive");

        await LostAsync(study, unknown, whileSpeakingFor: known);

        var again = await Ask(study, "alive");
        Assert.Equal(unknown.Number, again.Number);
        Assert.Equal(TrialState.Running, (await Trials(study))[known.Number].State);
    }

    [Fact]
    public async Task Whoever_reports_of_a_trial_by_its_lease_keeps_it_without_a_heartbeat()
    {
        var study = await CreatedStudy(Defaults with { Lease = TimeSpan.FromSeconds(1) });
        var (kept, lost) = (await Ask(study, "reporting"), await Ask(study, "silent"));
        var step = 0;

        await AwaitAssertAsync(
            async () =>
            {
                await Send<StudyReplies.Reported>(study, new StudyCommands.ReportValue(kept.Number, kept.Lease, step++, 0, []));
                Assert.Equal(TrialState.Waiting, (await Trials(study))[lost.Number].State);
            },
            TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(100));

        Assert.Equal(TrialState.Running, (await Trials(study))[kept.Number].State);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_wall_clock_that_is_put_right_by_an_hour_neither_keeps_a_dead_workers_trial_nor_takes_a_living_ones(int hours)
    {
        var clock = new WrongClock();
        var study = await CreatedStudy(Defaults with { Lease = TimeSpan.FromSeconds(1) }, clock: clock);
        var kept = await Ask(study, "alive");
        var lost = await Ask(study, "silent");
        clock.Error = TimeSpan.FromHours(hours);

        await LostAsync(study, lost, whileSpeakingFor: kept);

        Assert.Equal(TrialState.Running, (await Trials(study))[kept.Number].State);
    }

    // The worker "alive" gives signs of life until the other trial is taken from whoever holds it.
    private Task LostAsync(IActorRef study, StudyReplies.TrialAsked lost, StudyReplies.TrialAsked whileSpeakingFor) => AwaitAssertAsync(
        async () =>
        {
            study.Tell(new WorkerHeartbeat(new StudyId(1), new WorkerId("alive"), [whileSpeakingFor.Number]));
            Assert.Equal(TrialState.Waiting, (await Trials(study))[lost.Number].State);
        },
        TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(100));

    private sealed class WrongClock : TimeProvider
    {
        public TimeSpan Error { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Error;
    }

    [Fact]
    public async Task A_trial_lost_more_often_than_the_limit_fails()
    {
        var study = await CreatedStudy(Defaults with { Lease = TimeSpan.FromSeconds(1) }, retry: 0);
        await Ask(study, "silent");

        await AwaitAssertAsync(
            async () => Assert.Equal(TrialState.Fail, (await Trials(study))[0].State), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task The_pruner_answers_with_the_report()
    {
        var study = await CreatedStudy();
        for (var i = 0; i < 5; i++)
        {
            var good = await Ask(study);
            Assert.False((await Send<StudyReplies.Reported>(study, new StudyCommands.ReportValue(good.Number, good.Lease, 0, i, []))).ShouldPrune);
            await Send<StudyReplies.TrialTold>(study, Tell(good, i));
        }

        var bad = await Ask(study);
        Assert.True((await Send<StudyReplies.Reported>(study, new StudyCommands.ReportValue(bad.Number, bad.Lease, 0, 100, []))).ShouldPrune);
    }

    private async Task<IStudyReply> SendAny(IActorRef study, int i)
    {
        var request = new StudyRequest(
            new StudyId(1), 1000 + i, new StudyCommands.AskTrial(new WorkerId($"w{i}"), Guid.NewGuid(), 20));
        return (await study.Ask<Response>(request, TimeSpan.FromSeconds(10))).Reply;
    }
}
