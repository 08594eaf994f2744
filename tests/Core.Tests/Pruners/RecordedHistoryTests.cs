using Xunit;

namespace Optuna.Tests.Pruners;

public sealed class RecordedHistoryTests
{
    public static TheoryData<int, string> Histories =>
        [.. RecordedHistory.All.Select((h, i) => (i, $"{h.Pruner} {h.Options} {h.Direction} {h.Kind}"))];

    [Theory]
    [MemberData(nameof(Histories))]
    public void Every_report_is_answered_as_Optuna_answers_it(int index, string what)
    {
        var history = RecordedHistory.All[index];
        Assert.StartsWith(history.Pruner, what);
        history.RepeatedBy(history.Create());
    }

    // Optuna has no pruner by non-domination.
    [Fact]
    public void Every_pruner_of_Optunas_that_prunes_was_recorded() => Assert.Empty(
        Optuna.Pruners.PrunerCatalog.Names.Except(["nop", "non_domination", .. RecordedHistory.All.Where(h => h.Answers.Contains('1')).Select(h => h.Pruner)]));
}
