using System.Runtime.Intrinsics;
using CsCheck;
using Optuna.Distributions;
using Optuna.Numerics;
using Optuna.Samplers.Tpe;
using Optuna.Samplers.Tpe.Mixture;
using Optuna.Studies;
using Optuna.Tests.Numerics;
using Optuna.Tests.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Samplers.Tpe.Mixture;

public sealed class PoorMixtureTests
{
    private static readonly Distribution[] Space =
    [
        new FloatDistribution(1000, 1001), new FloatDistribution(1e-5, 1, log: true), new FloatDistribution(0, 1, step: 0.05),
        new IntDistribution(0, 10), new IntDistribution(1, 300, log: true), new IntDistribution(0, 900),
        new CategoricalDistribution("a", "b", "c", "d", "e"),
    ];

    [Fact]
    public void Densities_agree_with_the_definition_for_any_space_and_history() =>
        Spaces.Any.Where(h => h.Observations[0].Length >= 98 && h.Options.MagicClip).Sample(history =>
        {
            var given = Given.AStudy();
            for (var i = 0; i < history.Observations[0].Length; i++)
                given.Add(Trial(i, [.. history.Parameters.Select(DistributionOf)], [.. history.Observations.Select(o => o[i])]));
            var candidates = new Candidates(history.Parameters, history.Points[0].Length);
            for (var j = 0; j < history.Parameters.Length; j++)
                candidates.Set(j, history.Points[j]);

            var actual = Fresh(given.State.View, history.Parameters, [], -1, candidates, history.Options);

            var expected = ScalarParzen.LogDensities(history, byAge: true);
            for (var c = 0; c < actual.Length; c++)
                Near.Relative(expected[c], actual[c], 1e-11, floor: 1);
        }, iter: 60);

    [Fact]
    public void Points_of_huge_grids_have_the_probabilities_of_the_definition()
    {
        foreach (var (low, high, log) in new[] { (0.0, 1e6, false), (1.0, 1e6, true), (-5000.0, 5000.0, false) })
        {
            var parameter = TpeParameter.Discrete(low, high, 1, log);
            var random = new RandomState(5);
            double At() => Math.Round(log ? Math.Exp(random.Uniform(0, Math.Log(high))) : random.Uniform(low, high));
            var history = new History(
                [parameter], [[.. Enumerable.Range(0, 300).Select(_ => At())]], [[.. Enumerable.Range(0, 40).Select(_ => At())]], ParzenOptions.Default);
            var given = Given.AStudy();
            for (var i = 0; i < 300; i++)
                given.Add(Trial(i, [new IntDistribution((long)low, (long)high, log)], [history.Observations[0][i]]));
            var candidates = new Candidates([parameter], 40);
            candidates.Set(0, history.Points[0]);

            var actual = Fresh(given.State.View, [parameter], [], -1, candidates, ParzenOptions.Default);

            var expected = ScalarParzen.LogDensities(history, byAge: true);
            for (var c = 0; c < actual.Length; c++)
                Near.Relative(expected[c], actual[c], 1e-11, floor: 1);
        }
    }

    [Fact]
    public void Kept_from_draw_to_draw_it_is_what_it_would_be_made_anew() =>
        Gen.UInt.Sample(seed =>
        {
            var random = new RandomState(seed);
            var parameters = Space.Select(TpeParameter.Of).ToArray();
            var given = Given.AStudy(retries: 3);
            for (var i = 0; i < 160; i++)
                given.Add(Trial(i, Space, Values(random)));
            var rows = Rows();
            var kept = new PoorMixture(parameters, rows, ParzenOptions.Default);
            var candidates = new Candidates(parameters, 30);
            var views = new List<StudyView>();
            for (var turn = 0; turn < 60; turn++)
            {
                Step(given, random);
                views.Add(given.State.View);
                // Now and then a draw is for a view that another draw has been ahead of.
                var view = views[Math.Max(0, views.Count - 1 - (int)(random.NextDouble() * 1.3 * 3))];
                int[] good = [.. view.FinishOrder.ToArray().Where(_ => random.NextDouble() < 0.1).Order()];
                var self = view.Running.IsEmpty ? -1 : view.Running[(int)(random.NextDouble() * view.Running.Length)].Number;
                for (var j = 0; j < parameters.Length; j++)
                    candidates.Set(j, [.. Enumerable.Range(0, 30).Select(_ => Value(Space[j], random))]);

                rows.Bring(view, good, view.Running, self);
                if (rows.Watcher is null)
                {
                    rows.Watcher = kept;
                    kept.Reloaded();
                }

                var actual = new double[30];
                kept.LogDensity(candidates, actual);
                Assert.Equal(Fresh(view, parameters, good, self, candidates, ParzenOptions.Default), actual);
            }
        }, iter: 25);

    [Fact]
    public void The_width_of_vectors_changes_no_number()
    {
        Assert.SkipUnless(Vector512.IsHardwareAccelerated, "This machine has no vectors of 512 bits.");
        Gen.UInt.Sample(seed =>
        {
            var random = new RandomState(seed);
            var given = Given.AStudy();
            for (var i = 0; i < 130; i++)
                given.Add(Trial(i, Space, Values(random)));
            var parameters = Space.Select(TpeParameter.Of).ToArray();
            var candidates = new Candidates(parameters, 30);
            for (var j = 0; j < parameters.Length; j++)
                candidates.Set(j, [.. Enumerable.Range(0, 30).Select(_ => Value(Space[j], random))]);
            double[] Of(bool wide) => Fresh(given.State.View, parameters, [3, 5], -1, candidates, ParzenOptions.Default, wide);
            Assert.Equal(Of(wide: false), Of(wide: true));
        }, iter: 20);
    }

    [Fact]
    public void Weights_of_ones_own_count()
    {
        var given = Given.AStudy();
        for (var i = 0; i < 120; i++)
            given.Add(Trial(i, Space, Values(new RandomState((uint)i))));
        var parameters = Space.Select(TpeParameter.Of).ToArray();
        var candidates = new Candidates(parameters, 24);
        for (var j = 0; j < parameters.Length; j++)
            candidates.Set(j, [.. Enumerable.Range(0, 24).Select(i => Value(Space[j], new RandomState((uint)i)))]);
        var options = new ParzenOptions { Weights = n => [.. Enumerable.Range(0, n).Select(i => i < n / 2 ? 1.0 : 0)] };
        var half = new ParzenEstimator(parameters, options);
        half.Begin(120);
        for (var j = 0; j < parameters.Length; j++)
            half.Observe(j, [.. Enumerable.Range(0, 120).Select(i => Values(new RandomState((uint)i))[j])]);
        var expected = new double[24];
        half.LogDensity(candidates, expected);

        var actual = Fresh(given.State.View, parameters, [], -1, candidates, options);

        for (var c = 0; c < 24; c++)
            Near.Relative(expected[c], actual[c], 1e-11, floor: 1);
    }

    [Fact]
    public void Hundreds_of_parameters_or_no_prior_are_left_to_the_estimator()
    {
        static bool IsUsable(int parameters, ParzenOptions options) => new PoorMixture(
            Enumerable.Repeat(TpeParameter.Continuous(0, 1), parameters).ToArray(), Rows(parameters), options).IsUsable;
        Assert.True(IsUsable(200, ParzenOptions.Default));
        Assert.False(IsUsable(800, ParzenOptions.Default));
        Assert.False(IsUsable(1, new ParzenOptions { PriorWeight = 0 }));
        Assert.False(IsUsable(1, new ParzenOptions { MagicClip = false }));
    }

    // A trial is asked for, finished in one of three ways, taken from its worker, or added.
    private static void Step(Given given, RandomState random)
    {
        var running = given.State.View.Running;
        var what = random.NextDouble();
        if (what < 0.35 || running.IsEmpty)
        {
            var asked = given.Ask();
            var values = Values(random);
            if (given.State.Live.Find(asked.Number)!.Drawn.IsEmpty && random.NextDouble() < 0.8)
                given.Send(new StudyCommands.RecordDrawn(asked.Number, [.. Space.Select((d, j) => new TrialParam($"p{j}", d, values[j]))]));
            return;
        }

        var trial = running[(int)(random.NextDouble() * running.Length)];
        if (what < 0.45)
        {
            given.Abandon(trial.Number, given.State.Live.Find(trial.Number)!.Lease);
            return;
        }

        // What was drawn is not always what the objective takes.
        foreach (var p in trial.Params)
            given.Send(Given.Suggesting(trial.Number, p.Name, p.Distribution, p.Value));
        if (what < 0.6)
            given.Tell(trial.Number, TrialState.Fail);
        else if (what < 0.7)
            given.Tell(trial.Number, TrialState.Pruned);
        else
            given.Tell(trial.Number, random.NextDouble());
    }

    private static double[] Fresh(StudyView view, TpeParameter[] parameters, int[] good, int self, Candidates candidates, ParzenOptions options, bool? wide = null)
    {
        var rows = Rows(parameters.Length);
        rows.Bring(view, good, view.Running, self);
        var mixture = new PoorMixture(parameters, rows, options, wide);
        mixture.Reloaded();
        var densities = new double[candidates.Count];
        mixture.LogDensity(candidates, densities);
        return densities;
    }

    private static TrialRows Rows(int parameters = 7) => new(Enumerable.Range(0, parameters).Select(j => $"p{j}"));

    private static FrozenTrial Trial(double value, Distribution[] space, double[] values) => FrozenTrial.Create(
        value: value,
        parameters: space.Select((d, j) => KeyValuePair.Create($"p{j}", d.ToExternal(values[j]))).ToDictionary(),
        distributions: space.Select((d, j) => KeyValuePair.Create($"p{j}", d)).ToDictionary());

    private static double[] Values(RandomState random) => [.. Space.Select(d => Value(d, random))];

    private static double Value(Distribution distribution, RandomState random) =>
        Optuna.Samplers.RandomSampler.Uniform(distribution, random);

    private static Distribution DistributionOf(TpeParameter p) => p.Kind switch
    {
        TpeParameterKind.Continuous => new FloatDistribution(p.Low, p.High, p.Log),
        TpeParameterKind.Discrete when double.IsInteger(p.Step) => new IntDistribution((long)p.Low, (long)p.High, p.Log, (long)p.Step),
        TpeParameterKind.Discrete => new FloatDistribution(p.Low, p.High, step: p.Step),
        _ => new CategoricalDistribution(Enumerable.Range(0, p.Choices).Select(i => (object?)i)),
    };
}
