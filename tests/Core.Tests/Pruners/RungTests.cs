using Optuna.Pruners;
using Optuna.Studies;
using Optuna.Tests.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Pruners;

/// <summary>What the study keeps for pruners that promote trials from rung to rung.</summary>
public sealed class RungTests
{
    private readonly Given _given = Given.AStudy(retries: 1);

    [Fact]
    public void Values_at_a_rung_are_in_order_whatever_became_of_their_trials()
    {
        foreach (var value in new[] { 3.0, 1, double.PositiveInfinity, 2 })
            Set(_given.Ask().Number, $"{(double.IsInfinity(value) ? "Infinity" : value)}");
        _given.Tell(1, TrialState.Fail);
        _given.Add(FrozenTrial.Create(value: 1, systemAttrs: new Dictionary<string, object?> { ["completed_rung_0"] = 0.5 }));
        Assert.Equal([0.5, 1, 2, 3, double.PositiveInfinity], Values(_given.State));
        Assert.Equal([0.5, 1, 2, 3, double.PositiveInfinity], Values(StudyState.Replay(_given.State.Id, _given.Events)));
    }

    [Fact]
    public void A_value_set_again_counts_once_and_what_is_no_number_not_at_all()
    {
        var number = _given.Ask().Number;
        foreach (var json in new[] { "3", "\"three\"", "4" })
            Set(number, json);
        Assert.Equal([4.0], Values(_given.State));
    }

    [Fact]
    public void A_trial_that_starts_again_has_no_rung_behind_it()
    {
        var asked = _given.Ask();
        Set(asked.Number, "3");
        _given.Abandon(asked.Number, asked.Lease);
        Assert.Empty(Values(_given.State));
        Assert.DoesNotContain(_given.Trial(asked.Number).SystemAttrs, a => a.Key == "completed_rung_0");
    }

    private void Set(int number, string json) => Assert.IsType<StudyReplies.Accepted>(
        _given.Send(new StudyCommands.SetTrialAttr(number, 0, AttrKind.System, PruningContext.RungKey(0), json)));

    private static double[] Values(StudyState state)
    {
        var values = state.Rungs.At(0);
        return [.. Enumerable.Range(0, values.NumberCount).Select(i => values[i])];
    }
}
