using CsCheck;
using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Studies;

/// <summary>Whatever is wished for, in whatever order.</summary>
public sealed class StateProperties
{
    private const int Budget = 6;
    private const int Retries = 1;

    private static readonly Guid[] s_requests = [.. Enumerable.Range(1, 5).Select(i => new Guid(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]))];
    private static readonly Distribution[] s_distributions = [new FloatDistribution(0, 1), new FloatDistribution(0, 2), new IntDistribution(0, 1), new CategoricalDistribution("p", "q")];
    private static readonly double[] s_values = [0, 1, -1, 0.5, double.NaN, double.PositiveInfinity];

    private static readonly Gen<int> s_number = Gen.Int[-1, 8];
    private static readonly Gen<long> s_lease = Gen.Frequency((2, Gen.Const(0L)), (1, Gen.Long[1, 60]));
    private static readonly Gen<string> s_name = OneOf("a", "b", "c", "");
    private static readonly Gen<Distribution> s_distribution = OneOf(s_distributions);
    private static readonly Gen<double> s_value = OneOf(s_values);
    private static readonly Gen<TrialParam> s_param = Gen.Select(s_name, s_distribution, OneOf(0.0, 1.0, 7.0), (n, d, v) => new TrialParam(n, d, v));
    private static readonly Gen<TrialState?> s_end = OneOf<TrialState?>(null, TrialState.Complete, TrialState.Pruned, TrialState.Fail, TrialState.Running);

    private static readonly Gen<IStudyCommand> s_command = Gen.Frequency(
        (6, OneOf(s_requests).Select(r => (IStudyCommand)new StudyCommands.AskTrial(Given.Worker, r, Budget))),
        (6, Gen.Guid.Select(r => (IStudyCommand)new StudyCommands.AskTrial(Given.Worker, r, Budget))),
        (8, Gen.Select(s_number, s_lease, s_name, s_distribution, s_param.Array[0, 2], Gen.Bool, (n, l, name, d, used, drawn) =>
            (IStudyCommand)new StudyCommands.SuggestParam(n, l, name, d, [.. used], drawn ? 1 : null))),
        (4, Gen.Select(s_number, s_param.Array[1, 3], (n, p) => (IStudyCommand)new StudyCommands.RecordDrawn(n, [.. p.DistinctBy(x => x.Name).Where(x => x.Name != "" && x.Value <= 1)]))),
        (5, Gen.Select(s_number, s_lease, Gen.Long[-1, 3], s_value, (n, l, step, v) => (IStudyCommand)new StudyCommands.ReportValue(n, l, step, v, []))),
        (6, Gen.Select(s_number, s_lease, s_end, s_value.Array[0, 2], (n, l, s, v) => (IStudyCommand)new StudyCommands.TellTrial(n, l, s, [.. v], []))),
        (4, Gen.Select(s_number, s_lease, (n, l) => (IStudyCommand)new StudyCommands.AbandonTrial(n, l, "lost"))),
        (3, Gen.Select(s_number, OneOf("k", "constraints:c"), OneOf("1.0", "-1.0", "{"), (n, k, j) =>
            (IStudyCommand)new StudyCommands.SetTrialAttr(n, 0, AttrKind.System, k, j))),
        (2, Gen.Select(OneOf(s_requests), OneOf("{}", """{"a": 0.5}""", """{"a": "p"}""", "1"), Gen.Bool, (r, p, skip) =>
            (IStudyCommand)Given.Enqueueing(p, skip, skip ? r : Guid.NewGuid()))),
        (2, Gen.Select(s_end, s_value, s_param, (s, v, p) => (IStudyCommand)new StudyCommands.AddTrial(Guid.NewGuid(), new FrozenTrial
        {
            State = s ?? TrialState.Waiting, Values = s == TrialState.Complete ? [v] : [], ParamList = [p],
            DatetimeStart = s is null ? null : new DateTime(2026, 1, 1), DatetimeComplete = s is null or TrialState.Running ? null : new DateTime(2026, 1, 2),
        }))));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [Theory]
    [InlineData(false, false, 1400)]
    [InlineData(true, false, 300)]
    [InlineData(false, true, 300)]
    [InlineData(true, true, 300)]
    public void Any_sequence_of_wishes_keeps_the_rules(bool inherits, bool asNewTrial, int iterations) => s_command.Array[1, 80].Sample(commands =>
    {
        var given = Given.AStudy(new RetryPolicy(Retries, inherits, asNewTrial), StudyDirection.Minimize);
        var finished = new Dictionary<int, string>();
        var budgeted = 0;
        foreach (var command in commands)
        {
            given.Clock.Advance(TimeSpan.FromSeconds(1));
            var before = given.State.Counts;
            var reply = given.Send(command);
            if (command is StudyCommands.AskTrial && given.State.Counts.Started > before.Started)
            {
                Assert.IsType<StudyReplies.TrialAsked>(reply);
                budgeted = Math.Max(budgeted, given.State.Counts.Started);
            }

            Keeps(given.State, finished);
        }

        Assert.True(budgeted <= Budget);
        Assert.Equal(StateText.Of(given.State), StateText.Of(StudyState.Replay(given.State.Id, given.Events)));
    }, iter: iterations, threads: 1);

    [Fact]
    public void A_wish_repeated_at_once_changes_nothing_more() => s_command.Array[1, 40].Sample(commands =>
    {
        var given = Given.AStudy(Retries, StudyDirection.Minimize);
        foreach (var command in commands)
        {
            given.Send(command);
            // Lost twice is twice; and who shows no request or lease cannot be recognised.
            if (command is not StudyCommands.AbandonTrial)
                given.SendInVain(command);
        }
    }, iter: 1000, threads: 1);

    private static void Keeps(StudyState state, Dictionary<int, string> finished)
    {
        var trials = Enumerable.Range(0, state.TrialCount).Select(n => TrialReader.Read(state, n)!).ToArray();
        Assert.All(trials, (t, n) => Assert.Equal(n, t.Number));
        Assert.Equal(state.TrialCount, state.Counts.Total);
        foreach (var s in Enum.GetValues<TrialState>())
        {
            var counted = s switch
            {
                TrialState.Running => state.Counts.Running,
                TrialState.Waiting => state.Counts.Waiting,
                TrialState.Complete => state.Counts.Complete,
                TrialState.Pruned => state.Counts.Pruned,
                _ => state.Counts.Fail,
            };
            Assert.Equal(counted, trials.Count(t => t.State == s));
        }

        foreach (var t in trials)
        {
            t.ValidateUnlessRequeued();
            if (finished.TryGetValue(t.Number, out var text))
                Assert.Equal(text, StateText.Of(t));
            else if (t.State.IsFinished())
                finished.Add(t.Number, StateText.Of(t));
        }

        var complete = trials.Where(t => t.State == TrialState.Complete).ToArray();
        Assert.Equal(complete.OrderBy(t => t.Value).ThenBy(t => t.Number).FirstOrDefault()?.Number, state.Best);
        var feasible = complete.Where(t => !t.Constraints.Values.Any(v => v > 0));
        Assert.Equal(feasible.OrderBy(t => t.Value).ThenBy(t => t.Number).FirstOrDefault()?.Number, state.BestFeasible);
    }
}

file static class Validation
{
    // A fixed value may lie out of range; everything else is as in a trial made by hand.
    public static void ValidateUnlessRequeued(this FrozenTrial trial)
    {
        if (trial.ParamList.All(p => p.Distribution.Contains(p.Value)))
            trial.Validate();
    }
}
