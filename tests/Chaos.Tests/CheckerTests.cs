using System.Collections.Immutable;
using Optuna.Chaos.Checking;
using Optuna.Chaos.Workers;
using Optuna.Cluster.Protocol;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Tests;

/// <summary>A right history passes, and every way to break it is seen: what the checker lets through is then true.</summary>
public sealed class CheckerTests
{
    private const string Study = "s";

    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;

    [Fact]
    public void A_right_history_breaks_no_promise()
    {
        var findings = Check(RightRows(), RightLog());

        Assert.Empty(findings.Sentences);
        Assert.Equal(3, findings.Trials);
    }

    [Fact]
    public void An_acknowledged_result_that_the_journal_does_not_have_is_lost()
    {
        var findings = Check(RightRows(), [.. RightLog(), new AcknowledgedResult(Study, 7, TrialState.Complete, 1, "w")]);

        Assert.Equal((1, 0, 0, 0), Counts(findings));
    }

    [Fact]
    public void An_acknowledged_result_whose_trial_never_finished_is_lost()
    {
        var rows = RightRows();
        rows[^1] = Row(6, new StudyEvents.TrialRequeued(2, "lost", At));

        var findings = Check(rows, RightLog(), trialsShown: null);

        Assert.Equal(1, findings.Lost);
        Assert.Contains(findings.Sentences, s => s.Contains("trial 2 was acknowledged as Complete and is Waiting", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_row_of_the_journal_is_lost()
    {
        var rows = RightRows();
        rows.RemoveAt(1);

        Assert.NotEqual(0, Check(rows, []).Lost);
    }

    [Fact]
    public void A_study_without_a_journal_is_lost() => Assert.Equal(1, Check([], [], trialsShown: null).Lost);

    [Fact]
    public void A_result_acknowledged_to_two_workers_is_doubled()
    {
        var findings = Check(RightRows(), [.. RightLog(), new AcknowledgedResult(Study, 0, TrialState.Complete, 0.5, "other")]);

        Assert.Equal((0, 1, 0, 0), Counts(findings));
    }

    [Fact]
    public void A_number_given_twice_is_doubled()
    {
        var rows = RightRows();
        rows.Insert(2, Row(3, Started(0)));
        Renumber(rows);

        Assert.Equal((0, 1, 0, 0), Counts(Check(rows, RightLog())));
    }

    [Fact]
    public void A_row_of_the_journal_that_is_there_twice_is_doubled()
    {
        var rows = RightRows();
        rows.Insert(1, rows[1]);

        Assert.NotEqual(0, Check(rows, RightLog()).Duplicated);
    }

    [Fact]
    public void An_acknowledged_result_with_another_value_is_changed()
    {
        var log = RightLog();
        log[0] = log[0] with { Value = 0.25 };

        Assert.Equal((0, 0, 1, 0), Counts(Check(RightRows(), log)));
    }

    [Fact]
    public void An_acknowledged_result_with_another_state_is_changed()
    {
        var log = RightLog();
        log[1] = log[1] with { State = TrialState.Fail };

        Assert.Equal((0, 0, 1, 0), Counts(Check(RightRows(), log)));
    }

    [Fact]
    public void A_trial_that_finishes_once_more_is_changed()
    {
        var rows = RightRows();
        rows.Add(Row(7, Finished(0, 9)));

        Assert.Equal((0, 0, 1, 0), Counts(Check(rows, RightLog())));
    }

    [Fact]
    public void A_finished_trial_that_is_reported_on_is_changed()
    {
        var rows = RightRows();
        rows.Add(Row(7, new StudyEvents.ValueReported(0, 1, 1)));

        Assert.Equal((0, 0, 1, 0), Counts(Check(rows, RightLog())));
    }

    [Fact]
    public void What_coordinators_show_otherwise_than_the_journal_has_it_is_changed()
    {
        var shown = Shown();
        shown[2] = new FrozenTrial { Number = 2, State = TrialState.Complete, Values = [8] };

        Assert.Equal((0, 0, 1, 0), Counts(Check(RightRows(), RightLog(), shown)));
    }

    [Fact]
    public void A_trial_too_many_is_a_budget_error()
    {
        var rows = RightRows();
        rows.AddRange([Row(7, Started(3)), Row(8, Finished(3, 1))]);

        var findings = Check(rows, RightLog(), trialsShown: null);

        Assert.NotEqual(0, findings.BudgetErrors);
        Assert.Contains(findings.Sentences, s => s.Contains("there are 4 trials of a budget of 3", StringComparison.Ordinal));
    }

    [Fact]
    public void A_trial_too_few_is_a_budget_error()
    {
        var rows = RightRows();
        rows.RemoveAt(rows.Count - 1);

        Assert.Equal((0, 0, 0, 1), Counts(Check(rows, RightLog()[..2], trialsShown: null)));
    }

    [Fact]
    public void The_last_line_has_every_count_under_its_name()
    {
        var json = Check(RightRows(), [new AcknowledgedResult(Study, 7, TrialState.Complete, 1, "w")])
            .ToJson(12.34, 1, new Dictionary<string, int> { ["kill-worker"] = 2 });

        Assert.Equal(
            """{"seconds":12.3,"trials":3,"acknowledged":1,"lost":1,"duplicated":0,"changed":0,"budgetErrors":0,"faults":{"kill-worker":2}}""", json);
    }

    private static (int Lost, int Duplicated, int Changed, int BudgetErrors) Counts(Findings f) => (f.Lost, f.Duplicated, f.Changed, f.BudgetErrors);

    private static Findings Check(List<JournalRow> rows, AcknowledgedResult[] log) => Check(rows, log, Shown());

    private static Findings Check(List<JournalRow> rows, AcknowledgedResult[] log, FrozenTrial[]? trialsShown) => Checker.Check(
        rows, log, new Dictionary<string, int> { [Study] = 3 },
        trialsShown is null ? new Dictionary<string, ImmutableArray<FrozenTrial>>() : new() { [Study] = [.. trialsShown] });

    // Three trials, one of them lost by its first worker and pruned by its second.
    private static List<JournalRow> RightRows() =>
    [
        Row(1, new StudyEvents.StudyCreated(Study, [StudyDirection.Minimize], new ComponentSpec("random"), new ComponentSpec("none"), 1, 3, At), Started(0)),
        Row(2, Finished(0, 0.5), Started(1)),
        new("study-1", 3, new JournalClaimed("somebody", At)),
        Row(4, new StudyEvents.TrialRequeued(1, "lost", At), Started(1)),
        Row(5, new StudyEvents.TrialFinished(1, TrialState.Pruned, [], null, At), Started(2)),
        Row(6, Finished(2, 2)),
    ];

    private static AcknowledgedResult[] RightLog() =>
    [
        new(Study, 0, TrialState.Complete, 0.5, "a"),
        new(Study, 1, TrialState.Pruned, null, "b"),
        new(Study, 2, TrialState.Complete, 2, "b"),
    ];

    private static FrozenTrial[] Shown() =>
    [
        new() { Number = 0, State = TrialState.Complete, Values = [0.5] },
        new() { Number = 1, State = TrialState.Pruned },
        new() { Number = 2, State = TrialState.Complete, Values = [2] },
    ];

    private static StudyEvents.TrialStarted Started(int number) => new(number, new WorkerId("w"), Guid.NewGuid(), number + 1, At);

    private static StudyEvents.TrialFinished Finished(int number, double value) => new(number, TrialState.Complete, [value], null, At);

    private static JournalRow Row(long sequence, params IStudyEvent[] events) => new("study-1", sequence, new EventBatch([.. events]));

    private static void Renumber(List<JournalRow> rows)
    {
        for (var i = 0; i < rows.Count; i++)
            rows[i] = rows[i] with { SequenceNumber = i + 1 };
    }
}
