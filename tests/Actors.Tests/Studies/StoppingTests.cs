using Akka.Actor;
using Optuna.Cluster.Protocol;
using Optuna.Distributions;
using Optuna.Studies;

namespace Optuna.Tests.Studies;

/// <summary>A study that was made with a rule for when to stop.</summary>
public sealed class StoppingTests : StudyProbe
{
    private static readonly ComponentSpec Stagnation = new("best_value_stagnation", """{"max_stagnation_trials": 2, "min_n_trials": 1}""");

    // A bound is always less than such an error, once it can be told.
    private static readonly ComponentSpec Regret = new("regret_bound", """{"error": 1e9, "min_n_trials": 3}""");

    [Fact]
    public async Task The_trial_that_decides_is_the_last_one_given_out()
    {
        var study = await Ruled(Stagnation);
        foreach (var value in new[] { 1.0, 2, 2 })
            await Send<StudyReplies.TrialTold>(study, Tell(await AskWithin(study), value));
        Assert.Equal(StudyMode.Running, await Mode(study));
        await Send<StudyReplies.TrialTold>(study, Tell(await AskWithin(study), 2));

        Assert.Equal(NoTrialReason.Stopped, (await Send<StudyReplies.NoTrialLeft>(study, Asking())).Reason);
        Assert.Equal(4, (await Trials(study)).Length);
    }

    [Fact]
    public async Task That_it_stopped_survives_a_restart_and_an_operator_may_resume_it()
    {
        var study = await Ruled(Stagnation);
        foreach (var value in new[] { 1.0, 2, 2, 2 })
            await Send<StudyReplies.TrialTold>(study, Tell(await AskWithin(study), value));
        study = await Restarted(study);
        Assert.Equal(StudyMode.Stopped, await Mode(study));

        await Send<StudyReplies.Accepted>(study, new StudyCommands.SetMode(StudyMode.Running));
        await Send<StudyReplies.TrialTold>(study, Tell(await AskWithin(study), 0));
        Assert.Equal(StudyMode.Running, await Mode(study));
    }

    [Fact]
    public async Task A_rule_that_fits_a_model_stops_the_study_soon_after()
    {
        var study = await Ruled(Regret);
        for (var i = 0; i < 3; i++)
            await Finished(study, 0.1 * i);
        await Stopped(study);
    }

    [Fact]
    public async Task A_judgement_that_was_due_when_the_study_went_away_is_made_when_it_comes_back()
    {
        var study = await Ruled(Regret with { Options = """{"error": 1e9, "min_n_trials": 4}""" });
        for (var i = 0; i < 4; i++)
            await Finished(study, 0.1 * i);
        study = await Restarted(study);
        await Stopped(study);
    }

    [Fact]
    public async Task A_rule_that_cannot_judge_stops_nothing()
    {
        // No scores of cross-validation are reported.
        var study = await Ruled(new ComponentSpec("best_value_stagnation", """{"error": "cross_validation", "min_n_trials": 1}"""));
        await Send<StudyReplies.TrialTold>(study, Tell(await AskWithin(study), 1));
        Assert.Equal(StudyMode.Running, await Mode(study));
        await Send<StudyReplies.TrialTold>(study, Tell(await AskWithin(study), 1));
    }

    [Fact]
    public async Task The_summary_tells_the_rule() => Assert.Equal(
        Stagnation, (await Send<StudyReplies.Summary>(await Ruled(Stagnation), new StudyQueries.GetSummary())).Study.StopWhen);

    private async Task<IActorRef> Ruled(ComponentSpec rule)
    {
        var study = Study();
        await Send<StudyReplies.Accepted>(study, new StudyCommands.CreateStudy(
            "s", [StudyDirection.Minimize], new ComponentSpec("random"), new ComponentSpec("nop"), 7, 3, rule));
        return study;
    }

    // Only who says how many trials there may be is held by orders.
    private static StudyCommands.AskTrial Asking() => new(new WorkerId("w"), Guid.NewGuid(), 100);

    private Task<StudyReplies.TrialAsked> AskWithin(IActorRef study) => Send<StudyReplies.TrialAsked>(study, Asking());

    private async Task Finished(IActorRef study, double value)
    {
        var trial = await AskWithin(study);
        if (trial.Drawn.IsEmpty)
            await Send<StudyReplies.ParamSuggested>(study, new StudyCommands.SuggestParam(trial.Number, trial.Lease, "x", new FloatDistribution(0, 1), []));
        await Send<StudyReplies.TrialTold>(study, Tell(trial, value) with { Used = trial.Drawn });
    }

    private async Task<StudyMode> Mode(IActorRef study) => (await Send<StudyReplies.Summary>(study, new StudyQueries.GetSummary())).Study.Mode;

    private Task Stopped(IActorRef study) => AwaitAssertAsync(
        async () => Assert.Equal(StudyMode.Stopped, await Mode(study)), TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(50));
}
