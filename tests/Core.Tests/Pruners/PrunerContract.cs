using Optuna.Numerics;
using Optuna.Pruners;
using Optuna.Studies;
using Optuna.Tests.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Pruners;

/// <summary>What every pruner keeps, whatever its rule. A pruner's suite derives from it and says how to make one.</summary>
public abstract class PrunerContract
{
    public static TheoryData<uint> Seeds => [1, 2, 3, 4, 5];

    protected abstract IPruner Create();

    [Fact]
    public void Several_objectives_are_never_pruned()
    {
        var given = Given.AStudy(StudyDirection.Minimize, StudyDirection.Minimize);
        var number = given.Ask().Number;
        Assert.IsType<StudyReplies.Rejected>(
            Pruning.Report(given.State, new StudyCommands.ReportValue(number, 0, 1, double.NaN, []), Create(), given.Send));
    }

    [Fact]
    public void A_trial_that_does_not_run_is_not_pruned()
    {
        var given = Given.AStudy();
        given.Finished(1, 1);
        foreach (var number in new[] { 0, 99, -1 })
            Assert.IsType<StudyReplies.Rejected>(
                Pruning.Report(given.State, new StudyCommands.ReportValue(number, 0, 1, 5, []), Create(), given.SendInVain));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_report_said_again_gets_the_same_answer_and_changes_nothing(uint seed)
    {
        var pruner = Create();
        Play(Given.AStudy(), seed, pruner, afterReport: (given, report, answer) =>
        {
            var before = given.Events.Count;
            Assert.Equal(answer, Prunes(given, report, pruner));
            Assert.Equal(before, given.Events.Count);
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_study_read_back_from_its_events_prunes_on_as_before(uint seed)
    {
        var pruner = Create();
        Play(Given.AStudy(), seed, pruner, beforeReport: (given, report) =>
        {
            var again = StudyState.Replay(given.State.Id, given.Events);
            var answer = Pruning.Report(again, report, Create(), c =>
            {
                var (reply, events) = StudyRules.Decide(again, c, given.Clock.GetUtcNow());
                foreach (var e in events)
                    again.Apply(e);
                return reply;
            });
            return Assert.IsType<StudyReplies.Reported>(answer).ShouldPrune;
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Any_history_is_answered_in_either_direction(uint seed)
    {
        Play(Given.AStudy(), seed, Create(), infinities: true);
        Play(Given.AStudy(StudyDirection.Maximize), seed, Create(), infinities: true);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Maximising_the_opposite_values_gives_the_same_answers(uint seed) =>
        // NumPy's percentile is not symmetric next to an infinity.
        Assert.Equal(Play(Given.AStudy(), seed, Create()), Play(Given.AStudy(StudyDirection.Maximize), seed, Create()));

    private static bool Prunes(Given given, StudyCommands.ReportValue report, IPruner pruner) =>
        Assert.IsType<StudyReplies.Reported>(Pruning.Report(given.State, report, pruner, given.Send)).ShouldPrune;

    /// <summary>Sixty trials of every end, three at a time, with reports of every kind; values change sign with the direction. All answers in order.</summary>
    private static List<bool> Play(
        Given given, uint seed, IPruner pruner, bool infinities = false, Action<Given, StudyCommands.ReportValue, bool>? afterReport = null,
        Func<Given, StudyCommands.ReportValue, bool>? beforeReport = null)
    {
        var random = new RandomState(seed);
        var sign = given.State.Directions[0] == StudyDirection.Minimize ? 1 : -1;
        double Value() => (int)(random.NextDouble() * 12) switch
        {
            0 => double.NaN,
            1 when infinities => double.PositiveInfinity * sign,
            2 when infinities => double.NegativeInfinity * sign,
            3 => 0,
            _ => sign * (random.NextDouble() * 4 - 2),
        };
        var answers = new List<bool>();
        var running = new List<int>();
        for (var turn = 0; turn < 240; turn++)
        {
            if (running.Count < 3)
                running.Add(given.Ask().Number);
            var number = running[(int)(random.NextDouble() * running.Count)];
            var report = new StudyCommands.ReportValue(number, 0, (int)(random.NextDouble() * 9), Value(), []);
            if (given.State.Live.Find(number)!.Reports.ContainsKey(report.Step))
                continue;
            var expected = beforeReport?.Invoke(given, report);
            var answer = Prunes(given, report, pruner);
            Assert.Equal(expected ?? answer, answer);
            afterReport?.Invoke(given, report, answer);
            answers.Add(answer);
            var end = random.NextDouble();
            if (!answer && end > 0.25)
                continue;
            running.Remove(number);
            if (answer && end < 0.9)
                given.Tell(number, TrialState.Pruned);
            else if (end < 0.02)
                given.Tell(number, TrialState.Fail);
            else
                given.Tell(number, Value());
        }

        return answers;
    }
}
