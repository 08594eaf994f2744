using Akka.Actor;
using Optuna.Distributions;
using Optuna.Pruners;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Tests.Studies;

/// <summary>What samplers and pruners remember through attributes is there again after a restart.</summary>
public sealed class RememberedTests : StudyProbe
{
    private static readonly IntDistribution s_x = new(0, 4);
    private static readonly IntDistribution s_c = new(6, 7);

    [Theory]
    [InlineData(10_000)]
    [InlineData(3)]
    public async Task Rungs_and_brackets_survive_a_restart_of_the_study(int snapshotEvery)
    {
        var settings = Defaults with { SnapshotEvery = snapshotEvery };
        var study = await CreatedStudy(new ComponentSpec("random"), new ComponentSpec("hyperband"), settings);
        var whole = await Ask(study);
        for (var step = 0; step < 9; step++)
            Assert.False(await Report(study, whole, step, 0));
        await Send<StudyReplies.TrialTold>(study, Tell(whole, 0));
        var division = new HyperbandPruner().Division("s", key => key == HyperbandPruner.MaxResourceKey ? "9" : null)!;
        Assert.Equal(3, division.Count);

        // The first of every bracket is its best at every rung.
        var first = new Dictionary<int, StudyReplies.TrialAsked>();
        while (first.Count < division.Count)
        {
            var trial = await Ask(study);
            if (first.TryAdd(division.Of(trial.Number), trial))
                Assert.False(await Report(study, trial, 9, 1 + division.Of(trial.Number)));
        }

        study = await Restarted(study, settings);

        Assert.Equal("9", (await Send<StudyReplies.Summary>(study, new StudyQueries.GetSummary())).Study.SystemAttrs
            .Single(a => a.Key == HyperbandPruner.MaxResourceKey).Value);
        for (var i = 0; i < 12; i++)
        {
            var (trial, better) = (await Ask(study), i % 2 == 0);
            var best = 1 + division.Of(trial.Number);
            Assert.Equal(!better, await Report(study, trial, 9, better ? best : best + 0.5));
        }
    }

    [Theory]
    [InlineData("grid", """{"search_space": {"x": [0, 1, 2, 3, 4], "c": [6, 7]}}""")]
    [InlineData("brute_force", "{}")]
    public async Task A_sampler_that_tries_everything_goes_on_where_it_was_and_then_gives_no_trial(string sampler, string options)
    {
        var settings = Defaults with { SnapshotEvery = 5 };
        var study = await CreatedStudy(new ComponentSpec(sampler, options), new ComponentSpec("nop"), settings);
        for (var i = 0; i < 10; i++)
        {
            var trial = Assert.IsType<StudyReplies.TrialAsked>(await AskWithin(study, 100));
            await Had(study, trial, "x", s_x);
            if (i % 3 == 0)
                study = await Restarted(study, settings);
            await Had(study, trial, "c", s_c);
            await Send<StudyReplies.TrialTold>(study, Tell(trial, 1));
        }

        Assert.Equal(0, Assert.IsType<StudyReplies.NoTrialLeft>(await AskWithin(study, 100)).Running);
        Assert.Equal(10, (await Trials(study)).Select(t => (t.Params["x"], t.Params["c"])).Distinct().Count());
        await Ask(study);
    }

    [Theory]
    [InlineData("nsgaii", "NSGAIISampler", 10_000)]
    [InlineData("nsgaiii", "NSGAIIISampler", 3)]
    public async Task Two_objectives_worked_on_by_several_go_on_after_restarts_with_the_same_generations_and_parents(string sampler, string name, int snapshotEvery)
    {
        const int size = 4;
        var settings = Defaults with { SnapshotEvery = snapshotEvery };
        var study = await CreatedStudy(
            new ComponentSpec(sampler, $$"""{"population_size": {{size}}}"""), new ComponentSpec("nop"), settings, objectives: 2);
        var parents = new Dictionary<string, string>();
        var running = new List<StudyReplies.TrialAsked>();
        for (var i = 0; i < 6 * size; i++)
        {
            // Two workers, each with a trial of its own, and the study's node dies in the middle of generations.
            for (var worker = running.Count; worker < 2; worker++)
                running.Add(await Ask(study, $"w{worker}"));
            if (i % 3 == 1)
                study = await Restarted(study, settings);
            var trial = running[0];
            running.RemoveAt(0);
            var drawn = trial.Drawn.Where(d => d.Name == "x").ToArray();
            var answer = await Send<StudyReplies.ParamSuggested>(study, new StudyCommands.SuggestParam(trial.Number, trial.Lease, "x", s_x, [.. drawn]));
            await Send<StudyReplies.TrialTold>(study, new StudyCommands.TellTrial(trial.Number, trial.Lease, null, [answer.Value, 4 - answer.Value], []));

            var attrs = (await Send<StudyReplies.Summary>(study, new StudyQueries.GetSummary())).Study.SystemAttrs;
            foreach (var (key, json) in attrs.Where(a => a.Key.StartsWith($"{name}:parent:", StringComparison.Ordinal)))
                Assert.Equal(parents.TryAdd(key, json) ? json : parents[key], json);
        }

        var generations = (await Trials(study)).Where(t => t.State == TrialState.Complete)
            .GroupBy(t => int.Parse(t.SystemAttrs.Single(a => a.Key == $"{name}:generation").Value)).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(Enumerable.Range(0, generations.Count), generations.Keys.Order());
        Assert.All(generations.Where(g => g.Key < generations.Count - 1), g => Assert.InRange(g.Value, size, size + 1));
        Assert.True(parents.Count >= generations.Count - 2 && generations.Count >= 4);
    }

    [Fact]
    public async Task A_fixed_value_out_of_range_is_answered_with_a_warning_and_never_drawn_ahead()
    {
        var study = await CreatedStudy(
            new ComponentSpec("partial_fixed", """{"fixed_params": {"x": 9}, "base_sampler": "random"}"""), new ComponentSpec("nop"));
        for (var i = 0; i < 3; i++)
        {
            var trial = await Ask(study);
            Assert.Equal(i == 0 ? [] : ["c"], trial.Drawn.Select(d => d.Name));
            var answer = await Send<StudyReplies.ParamSuggested>(study, new StudyCommands.SuggestParam(trial.Number, trial.Lease, "x", s_x, []));
            Assert.Equal(9, answer.Value);
            Assert.Contains("'x'", answer.Warning);
            await Had(study, trial, "c", s_c);
            await Send<StudyReplies.TrialTold>(study, Tell(trial, 1));
        }
    }

    private async Task<bool> Report(IActorRef study, StudyReplies.TrialAsked trial, long step, double value) =>
        (await Send<StudyReplies.Reported>(study, new StudyCommands.ReportValue(trial.Number, trial.Lease, step, value, []))).ShouldPrune;

    private Task<IStudyReply> AskWithin(IActorRef study, int budget) =>
        Send<IStudyReply>(study, new StudyCommands.AskTrial(new WorkerId("w"), Guid.NewGuid(), budget));

    // As a worker does: what was drawn with the ask is taken.
    private async Task Had(IActorRef study, StudyReplies.TrialAsked trial, string name, Distribution distribution)
    {
        var drawn = trial.Drawn.Where(d => d.Name == name).ToArray();
        await Send<StudyReplies.ParamSuggested>(study, new StudyCommands.SuggestParam(trial.Number, trial.Lease, name, distribution, [.. drawn]));
    }
}
