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
    public void Without_a_report_nothing_is_pruned()
    {
        var given = Given.AStudy();
        for (var i = 0; i < 10; i++)
            given.Finished(i, i, i);
        var number = given.Ask().Number;
        Assert.False(Pruning.ShouldPrune(given.State, number, Create()));
    }

    [Fact]
    public void A_trial_that_does_not_run_is_not_pruned()
    {
        var given = Given.AStudy();
        for (var i = 0; i < 10; i++)
            given.Finished(i, i, i);
        Assert.False(Pruning.ShouldPrune(given.State, 0, Create()));
        Assert.False(Pruning.ShouldPrune(given.State, 99, Create()));
        Assert.False(Pruning.ShouldPrune(given.State, -1, Create()));
    }

    [Fact]
    public void Several_objectives_are_never_pruned()
    {
        var given = Given.AStudy(StudyDirection.Minimize, StudyDirection.Minimize);
        var number = given.Add(FrozenTrial.Create(TrialState.Running, intermediateValues: new Dictionary<long, double> { [1] = double.NaN }));
        Assert.False(Pruning.ShouldPrune(given.State, number, Create()));
    }

    [Fact]
    public void Asking_twice_gives_the_same_answer_and_changes_nothing()
    {
        var (given, number) = History(3, StudyDirection.Minimize);
        var (before, pruner) = (StateText.Of(given.State), Create());
        Assert.Equal(Pruning.ShouldPrune(given.State, number, pruner), Pruning.ShouldPrune(given.State, number, pruner));
        Assert.Equal(before, StateText.Of(given.State));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Any_history_is_answered(uint seed)
    {
        foreach (var direction in Enum.GetValues<StudyDirection>())
            _ = Answers(seed, direction);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Maximising_the_opposite_values_gives_the_same_answers(uint seed) =>
        Assert.Equal(Answers(seed, StudyDirection.Minimize), Answers(seed, StudyDirection.Maximize));

    private bool[] Answers(uint seed, StudyDirection direction)
    {
        var pruner = Create();
        return [.. Enumerable.Range(0, 12).Select(i =>
        {
            // NumPy's percentile is not symmetric next to an infinity.
            var (given, number) = History(seed + (uint)i * 100, direction, infinities: false);
            return Pruning.ShouldPrune(given.State, number, pruner);
        })];
    }

    /// <summary>Trials of every end with reports of every kind, and a running one; values change sign with the direction.</summary>
    private static (Given Given, int Running) History(uint seed, StudyDirection direction, bool infinities = true)
    {
        var random = new RandomState(seed);
        var sign = direction == StudyDirection.Minimize ? 1 : -1;
        double Value() => (int)(random.NextDouble() * 12) switch
        {
            0 => double.NaN,
            1 when infinities => double.PositiveInfinity * sign,
            2 when infinities => double.NegativeInfinity * sign,
            3 => 0,
            _ => sign * (random.NextDouble() * 4 - 2),
        };
        var given = Given.AStudy(direction);
        var trials = 1 + (int)(random.NextDouble() * 20);
        for (var n = 0; n <= trials; n++)
        {
            given.Ask();
            var steps = (int)(random.NextDouble() * 5);
            for (var i = 0; i < steps; i++)
                given.Report(n, (int)(random.NextDouble() * 6), Value());
            if (n == trials)
                break;
            if (random.NextDouble() < 0.2)
                given.Tell(n, TrialState.Pruned);
            else if (random.NextDouble() < 0.1)
                given.Tell(n, TrialState.Fail);
            else
                given.Tell(n, Value());
        }

        return (given, trials);
    }
}
