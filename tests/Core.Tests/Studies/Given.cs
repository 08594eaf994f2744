using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Pruners;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Studies;

/// <summary>A study's state, led somewhere by commands, with every event it took to get there.</summary>
internal sealed class Given
{
    public static readonly WorkerId Worker = new("w");
    public static readonly FloatDistribution Unit = new(0, 1);

    private Given(StudyState state) => State = state;

    public StudyState State { get; private set; }

    public List<IStudyEvent> Events { get; } = [];

    public ManualClock Clock { get; } = new();

    public static Given AStudy(RetryPolicy? retries = null, params StudyDirection[] directions)
    {
        var given = new Given(new StudyState(new StudyId(1)));
        given.Send(new StudyCommands.CreateStudy(
            "s", directions.Length == 0 ? [StudyDirection.Minimize] : [.. directions], new ComponentSpec("random"), new ComponentSpec("nop"), 7, retries ?? 0));
        return given;
    }

    public static Given AStudy(params StudyDirection[] directions) => AStudy(0, directions);

    /// <summary>Decides and applies; deciding alone must have changed nothing.</summary>
    public IStudyReply Send(IStudyCommand command)
    {
        var version = State.Version;
        var (reply, events) = StudyRules.Decide(State, command, Clock.GetUtcNow());
        Assert.Equal(version, State.Version);
        foreach (var e in events)
        {
            State.Apply(e);
            Events.Add(e);
        }

        if (reply is StudyReplies.Rejected)
            Assert.Empty(events);
        return reply;
    }

    /// <summary>Sends, and asserts that nothing came of it but an answer.</summary>
    public IStudyReply SendInVain(IStudyCommand command)
    {
        var count = Events.Count;
        var reply = Send(command);
        Assert.Equal(count, Events.Count);
        return reply;
    }

    /// <summary>Goes on with the same study, read back from somewhere.</summary>
    public void Restore(StudyState state) => State = state;

    public StudyReplies.Rejected Refused(IStudyCommand command, Rejection code)
    {
        var refusal = Assert.IsType<StudyReplies.Rejected>(SendInVain(command));
        Assert.Equal(code, refusal.Code);
        return refusal;
    }

    public StudyReplies.TrialAsked Ask(Guid? request = null, int? budget = null) =>
        Assert.IsType<StudyReplies.TrialAsked>(Send(new StudyCommands.AskTrial(Worker, request ?? Guid.NewGuid(), budget)));

    public static StudyCommands.SuggestParam Suggesting(int number, string name, Distribution distribution, double? sampled = null, long lease = 0) =>
        new(number, lease, name, distribution, [], sampled);

    public StudyReplies.ParamSuggested Suggest(int number, string name, Distribution distribution, double? sampled = null) =>
        Assert.IsType<StudyReplies.ParamSuggested>(Send(Suggesting(number, name, distribution, sampled)));

    public IStudyReply Report(int number, long step, double value) => Send(new StudyCommands.ReportValue(number, 0, step, value, []));

    public static StudyCommands.TellTrial Telling(int number, TrialState? state = null, long lease = 0, params double[] values) =>
        new(number, lease, state, [.. values], []);

    public StudyReplies.TrialTold Tell(int number, params double[] values) =>
        Assert.IsType<StudyReplies.TrialTold>(Send(Telling(number, null, 0, values)));

    public StudyReplies.TrialTold Tell(int number, TrialState state, params double[] values) =>
        Assert.IsType<StudyReplies.TrialTold>(Send(Telling(number, state, 0, values)));

    public void Abandon(int number, long lease) => Assert.IsType<StudyReplies.Accepted>(Send(new StudyCommands.AbandonTrial(number, lease, "lost")));

    public static StudyCommands.EnqueueTrial Enqueueing(string parameters, bool skipIfExists = false, Guid? request = null) =>
        new(request ?? Guid.NewGuid(), parameters, [], skipIfExists);

    public int Enqueue(string parameters, bool skipIfExists = false) =>
        Assert.IsType<StudyReplies.TrialAdded>(Send(Enqueueing(parameters, skipIfExists))).Number;

    public int Add(FrozenTrial trial) =>
        Assert.IsType<StudyReplies.TrialAdded>(Send(new StudyCommands.AddTrial(Guid.NewGuid(), trial))).Number;

    /// <summary>What a pruner says of a running trial as it stands; nothing is recorded.</summary>
    public bool Prunes(int number, IPruner pruner) => pruner.ShouldPrune(new PruningContext(State, State.Live.Find(number)!));

    /// <summary>Reports with this pruner; whether the trial should stop.</summary>
    public bool Report(int number, long step, double value, IPruner pruner) => Assert.IsType<StudyReplies.Reported>(
        Pruning.Report(State, new StudyCommands.ReportValue(number, 0, step, value, []), pruner, Send)).ShouldPrune;

    /// <summary>A trial from ask to tell: its reports at the steps 0, 1, …, then its value.</summary>
    public int Finished(double value, params double[] reports)
    {
        var number = Ask().Number;
        for (var step = 0; step < reports.Length; step++)
            Report(number, step, reports[step]);
        Tell(number, value);
        return number;
    }

    public FrozenTrial Trial(int number) => TrialReader.Read(State, number)!;

    public StudySummary Summary => Assert.IsType<StudyReplies.Summary>(TrialReader.Answer(State, new StudyQueries.GetSummary())).Study;

    public ImmutableArray<int> BestTrials =>
        [.. Assert.IsType<StudyReplies.Trials>(TrialReader.Answer(State, new StudyQueries.GetBestTrials())).Page.Select(t => t.Number)];

    public IStudyReply Best => TrialReader.Answer(State, new StudyQueries.GetBestTrial());
}
