using Optuna.Studies;
using Optuna.Studies.State;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Studies;

public sealed class FleetRulesTests
{
    private static IStudyReply Ask(Given given, int? budget = int.MaxValue, string worker = "w") =>
        given.Send(new StudyCommands.AskTrial(new WorkerId(worker), Guid.NewGuid(), budget));

    private static NoTrialReason Held(Given given, int? budget = int.MaxValue, string worker = "w") =>
        Assert.IsType<StudyReplies.NoTrialLeft>(Ask(given, budget, worker)).Reason;

    [Theory]
    [InlineData(StudyMode.Paused, NoTrialReason.Paused, true)]
    [InlineData(StudyMode.Stopped, NoTrialReason.Stopped, false)]
    public void A_study_that_does_not_run_gives_out_nothing_until_it_is_resumed(StudyMode mode, NoTrialReason reason, bool mayChange)
    {
        var given = Given.AStudy();
        var running = given.Ask();
        given.Send(new StudyCommands.SetMode(mode));
        given.SendInVain(new StudyCommands.SetMode(mode));
        Assert.Equal(mayChange, Assert.IsType<StudyReplies.NoTrialLeft>(Ask(given)).MayChange);
        Assert.Equal(reason, Held(given));
        Assert.IsType<StudyReplies.TrialAsked>(Ask(given, budget: null));
        Assert.IsType<StudyReplies.TrialTold>(given.Send(Given.Telling(running.Number, TrialState.Complete, 0, 1)));
        given.Send(new StudyCommands.SetMode(StudyMode.Running));
        Assert.IsType<StudyReplies.TrialAsked>(Ask(given));
        given.Refused(new StudyCommands.SetMode((StudyMode)7), Rejection.InvalidValue);
    }

    [Fact]
    public void The_studys_budget_goes_before_the_askers()
    {
        var given = Given.AStudy();
        given.Send(new StudyCommands.SetBudget(2));
        Ask(given, budget: 1);
        Assert.IsType<StudyReplies.TrialAsked>(Ask(given, budget: 1));
        Assert.Equal(NoTrialReason.Spent, Held(given, budget: 10));
        given.Send(new StudyCommands.SetBudget(null));
        Assert.Equal(NoTrialReason.Spent, Held(given, budget: 1));
        Assert.IsType<StudyReplies.TrialAsked>(Ask(given, budget: 10));
        given.Refused(new StudyCommands.SetBudget(-1), Rejection.InvalidValue);
    }

    [Fact]
    public void A_drained_worker_gets_nothing_more_and_the_others_do()
    {
        var given = Given.AStudy();
        Ask(given, worker: "a");
        given.Send(new StudyCommands.DrainWorker(new WorkerId("a")));
        given.SendInVain(new StudyCommands.DrainWorker(new WorkerId("a")));
        Assert.Equal(NoTrialReason.Drained, Held(given, worker: "a"));
        Assert.IsType<StudyReplies.TrialAsked>(Ask(given, worker: "b"));
        var leases = Assert.IsType<StudyReplies.Leases>(TrialReader.Answer(given.State, new StudyQueries.GetLeases())).Held;
        Assert.Equal([(0, "a", true), (1, "b", false)], leases.Select(l => (l.Number, l.Worker.Value, l.Draining)));
        given.Refused(new StudyCommands.DrainWorker(new WorkerId("")), Rejection.InvalidValue);
    }

    [Fact]
    public void What_was_decided_survives_an_image()
    {
        var given = Given.AStudy();
        given.Send(new StudyCommands.SetMode(StudyMode.Stopped));
        given.Send(new StudyCommands.SetBudget(7));
        given.Send(new StudyCommands.DrainWorker(new WorkerId("a")));
        given.Restore(StudyImages.Restore(given.State.Id, StudyImages.Take(given.State, 0), []));
        Assert.Equal((StudyMode.Stopped, 7), (given.State.Mode, given.State.Budget));
        Assert.Equal([new WorkerId("a")], given.State.Drained);
    }

    [Fact]
    public async Task A_loop_in_process_waits_while_the_study_is_paused_and_ends_when_it_is_stopped()
    {
        var study = Study.Create();
        await study.PauseAsync();
        var loop = study.OptimizeAsync(t => t.SuggestFloat("x", 0, 1), nTrials: 5);
        Assert.False(loop.IsCompleted);
        Assert.Empty(study.Trials);
        await study.ResumeAsync();
        await loop;
        Assert.Equal(5, study.Trials.Length);
        await study.StopEverywhereAsync();
        await study.OptimizeAsync(t => t.SuggestFloat("x", 0, 1), nTrials: 5);
        Assert.Equal(5, study.Trials.Length);
        await study.ResumeAsync();
        await study.SetBudgetAsync(7);
        await study.OptimizeAsync(t => t.SuggestFloat("x", 0, 1), nTrials: 5);
        Assert.Equal(7, study.Trials.Length);
    }
}
