using CsCheck;
using Optuna.Distributions;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Samplers.Tpe;
using Optuna.Studies;
using Optuna.Tests.Distributions;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Samplers.Tpe;

public sealed class TpeSamplerTests
{
    [Fact]
    public void It_comes_closer_than_random_search()
    {
        double Best(ISampler sampler, ulong seed)
        {
            var study = Study.Create(sampler: sampler, seed: seed);
            study.Optimize(t => Enumerable.Range(0, 4).Sum(i => Math.Pow(t.SuggestFloat($"x{i}", -5, 5), 2)), nTrials: 120);
            return study.BestValue;
        }

        Assert.True(
            Enumerable.Range(0, 5).Average(s => Best(new TpeSampler(), (ulong)s))
            < 0.4 * Enumerable.Range(0, 5).Average(s => Best(new RandomSampler(), (ulong)s)));
    }

    [Fact]
    public void Until_enough_trials_are_complete_or_pruned_it_is_the_random_sampler()
    {
        List<double> Sequence(ISampler sampler)
        {
            var study = Study.Create(sampler: sampler, seed: 3);
            study.Optimize(
                t =>
                {
                    var x = t.SuggestFloat("x", 0, 1) + t.SuggestInt("n", 0, 9);
                    return t.Number % 3 == 0 ? double.NaN : t.Number % 3 == 1 ? throw new TrialPrunedException() : x;
                },
                nTrials: 30);
            return [.. study.Trials.SelectMany(t => t.ParamList.Select(p => p.Value))];
        }

        // 20 of the 30 count, so the first 15 trials, with 10 of them, are drawn at random.
        var (random, tpe) = (Sequence(new RandomSampler()), Sequence(new TpeSampler()));
        Assert.Equal(random[..30], tpe[..30]);
        Assert.NotEqual(random[30..], tpe[30..]);
    }

    [Fact]
    public void Running_trials_count_as_poor_unless_told_otherwise()
    {
        double Next(bool liar, double other)
        {
            var study = Study.Create(sampler: new TpeSampler(new TpeOptions { ConstantLiar = liar }), seed: 5);
            for (var i = 0; i < 30; i++)
                study.AddTrial(Finished(i / 30.0, Math.Abs((i / 30.0) - 0.5)));
            for (var i = 0; i < 10; i++)
            {
                study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = other });
                study.Ask().SuggestFloat("x", 0, 1);
            }

            return study.Ask().SuggestFloat("x", 0, 1);
        }

        Assert.Equal(Next(liar: false, other: 0.5), Next(liar: false, other: 0.1));
        Assert.NotEqual(Next(liar: true, other: 0.5), Next(liar: true, other: 0.1));
    }

    [Fact]
    public void What_was_drawn_for_a_running_trial_counts_before_it_is_asked_for()
    {
        var study = Study.Create(sampler: new TpeSampler(), seed: 5);
        for (var i = 0; i < 30; i++)
            study.AddTrial(Finished(i / 30.0, (i * 7 % 30) / 30.0, i));
        var first = study.Ask();
        first.SuggestFloat("x", 0, 1);
        var second = study.Ask();
        Assert.NotEqual(first.SuggestFloat("y", 0, 1), second.SuggestFloat("y", 0, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(26)]
    [InlineData(40)]
    [InlineData(1000)]
    public void A_gamma_of_ones_own_decides_how_many_are_good(int good)
    {
        var study = Study.Create(sampler: new TpeSampler(new TpeOptions { Gamma = _ => good }), seed: 1);
        for (var i = 0; i < 60; i++)
            study.AddTrial(Finished(i / 60.0, i));
        var drawn = study.Ask().SuggestFloat("x", 0, 1);
        Assert.InRange(drawn, 0, 1);
        if (good == 1)
            Assert.InRange(drawn, 0, 0.6);
    }

    [Fact]
    public void A_negative_gamma_is_refused() =>
        Assert.Contains("gamma", Assert.Throws<ArgumentException>(() => Drawn(new TpeOptions { Gamma = _ => -1, StartupTrials = 0 })).Message);

    [Fact]
    public void Weights_of_ones_own_are_checked_and_used()
    {
        Assert.Contains("weights", Assert.Throws<ArgumentException>(
            () => Drawn(new TpeOptions { Weights = n => Enumerable.Repeat(-1.0, n).ToArray() })).Message);
        Assert.NotEqual(
            Drawn(new TpeOptions { Weights = n => Enumerable.Range(1, n).Select(i => (double)i).ToArray() }),
            Drawn(new TpeOptions { Weights = n => Enumerable.Range(1, n).Select(i => 1.0 / (i * i)).ToArray() }));
    }

    [Fact]
    public void Group_needs_multivariate() =>
        Assert.Contains("group", Assert.Throws<ArgumentException>(() => new TpeSampler(new TpeOptions { Group = true, Multivariate = false })).Message);

    [Theory]
    [InlineData("""{"n_startup_trials": -1}""", "n_startup_trials")]
    [InlineData("""{"n_ei_candidates": 0}""", "n_ei_candidates")]
    [InlineData("""{"prior_weight": -0.5}""", "prior_weight")]
    [InlineData("""{"prior_weight": NaN}""", "prior_weight")]
    [InlineData("""{"multivariate": 1}""", "multivariate")]
    [InlineData("""{"group": true, "multivariate": false}""", "group")]
    [InlineData("""{"gamma": 3}""", "gamma")]
    public void A_wrong_option_is_refused_by_its_name(string options, string name) =>
        Assert.Contains(name, Assert.Throws<ArgumentException>(() => SamplerCatalog.Create(new ComponentSpec("tpe", options), 1)).Message);

    [Fact]
    public void Every_option_of_Optunas_has_its_effect()
    {
        var plain = Sequence("{}");
        Assert.Equal(plain, Sequence("""{"n_startup_trials": 10, "n_ei_candidates": 24, "multivariate": null, "group": false, "constant_liar": true, "prior_weight": 1.0, "consider_prior": false, "consider_magic_clip": true, "consider_endpoints": false}"""));
        foreach (var options in new[]
        {
            """{"n_startup_trials": 4}""", """{"n_ei_candidates": 5}""", """{"multivariate": false}""", """{"prior_weight": 0.1}""",
            """{"consider_magic_clip": false}""", """{"consider_endpoints": true}""", """{"group": true}""",
        })
            Assert.NotEqual(plain, Sequence(options));
    }

    [Fact]
    public void A_history_of_thousands_is_drawn_from_as_if_it_were_sorted_anew()
    {
        // One study is drawn from as it grows, the other when it is complete: what is kept in order must not matter.
        double After(bool drawsBetween)
        {
            var study = Study.Create(sampler: new TpeSampler(), seed: 9, pruner: new NopPruner());
            study.Optimize(_ => 0.0, nTrials: 0, nJobs: 2);
            for (var i = 0; i < 1300; i++)
            {
                study.AddTrial(Finished(i * 7919 % 1301 / 1301.0, i * 104729 % 64 / 64.0, i * 31 % 97));
                if (i % 100 != 50)
                    continue;
                var trial = study.Ask();
                if (drawsBetween)
                    Drawn(trial);
                study.Tell(trial, state: TrialState.Fail);
            }

            return Drawn(study.Ask());
        }

        Assert.Equal(After(drawsBetween: false), After(drawsBetween: true));
    }

    [Fact]
    public void Any_history_is_lived_with_and_nothing_leaves_its_distribution() =>
        Gen.Select(
                GenDistribution.Any.Where(d => !d.IsSingle && IsExact(d)).Array[1, 4], Gen.Int[0, 5].Array[5, 60], Gen.ULong,
                Gen.Bool, Gen.Bool, Gen.Bool)
            .Sample((distributions, outcomes, seed, multivariate, group, constant) =>
            {
                var options = new TpeOptions { StartupTrials = 5, Multivariate = group ? null : multivariate, Group = group, MagicClip = !constant };
                var study = Study.Create(sampler: new TpeSampler(options), seed: seed, pruner: new NopPruner());
                study.Optimize(
                    t =>
                    {
                        var outcome = outcomes[t.Number % outcomes.Length];
                        for (var j = 0; j < distributions.Length; j++)
                        {
                            if (outcome + j == 3)
                                continue;
                            var d = outcome == 1 ? Moved(distributions[j]) : distributions[j];
                            var value = d.ToInternal(t.Suggest($"p{j}", d));
                            Assert.True(d.Contains(value), $"{value:R} is not in {d}");
                        }

                        if (outcome == 2)
                            t.SetConstraint("c", t.Number % 2);
                        if (outcome == 4)
                            t.Report(t.Number % 3 == 0 ? double.NaN : t.Number, t.Number % 4);
                        return outcome switch
                        {
                            0 => double.NaN,
                            1 => double.PositiveInfinity,
                            3 => double.NegativeInfinity,
                            4 or 5 => throw new TrialPrunedException(),
                            _ => constant ? 1 : t.Number * 37 % 11,
                        };
                    },
                    nTrials: outcomes.Length);
                Assert.Equal(outcomes.Length, study.Trials.Length);
            }, iter: 150);

    // A double cannot hold every whole number beyond 2^53.
    private static bool IsExact(Distribution distribution) =>
        distribution is not IntDistribution d || (d.Low > -(1L << 52) && d.High < 1L << 52);

    private static Distribution Moved(Distribution distribution) => distribution switch
    {
        FloatDistribution { Log: true } d => new FloatDistribution(d.Low, Math.Sqrt(d.Low) * Math.Sqrt(d.High), log: true),
        FloatDistribution d => new FloatDistribution(d.Low, (0.5 * d.Low) + (0.5 * d.High), step: d.Step),
        IntDistribution d => new IntDistribution(d.Low, (d.Low / 2) + (d.High / 2) is var high && high < d.Low ? d.Low : high, log: d.Log, step: d.Step),
        _ => distribution,
    };

    private static List<double> Sequence(string options)
    {
        var study = Study.Create(sampler: SamplerCatalog.Create(new ComponentSpec("tpe", options), 1), seed: 11);
        study.Optimize(
            t => t.SuggestFloat("x", 0, 1) is var x && t.SuggestFloat("y", 0, 1) is var y && x < 0.5 ? x + y : x - t.SuggestFloat("z", 0, 1),
            nTrials: 25);
        return [.. study.Trials.SelectMany(t => t.ParamList.Select(p => p.Value))];
    }

    private static double Drawn(TpeOptions options)
    {
        var study = Study.Create(sampler: new TpeSampler(options), seed: 1);
        for (var i = 0; i < 60; i++)
            study.AddTrial(Finished(i / 60.0, (i * 7 % 60) / 60.0, i));
        return Drawn(study.Ask());
    }

    private static double Drawn(Trial trial) => trial.SuggestFloat("x", 0, 1) + (2 * trial.SuggestFloat("y", 0, 1));

    private static FrozenTrial Finished(double x, double value) => FrozenTrial.Create(
        value: value, parameters: new Dictionary<string, object?> { ["x"] = x }, distributions: Unit("x"));

    private static FrozenTrial Finished(double x, double y, double value) => FrozenTrial.Create(
        value: value, parameters: new Dictionary<string, object?> { ["x"] = x, ["y"] = y }, distributions: Unit("x", "y"));

    private static Dictionary<string, Distribution> Unit(params string[] names) =>
        names.ToDictionary(n => n, Distribution (_) => new FloatDistribution(0, 1));
}
