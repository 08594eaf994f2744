using Optuna.Distributions;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Samplers.Qmc;
using Optuna.SearchSpaces;
using Optuna.Studies;
using Optuna.Tests.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Samplers.Qmc;

public sealed class QmcSamplerTests
{
    [Fact]
    public void Trials_at_once_never_share_a_point()
    {
        var study = NewStudy(new QmcOptions());
        study.Optimize(t => t.SuggestFloat("x", 0, 1), nTrials: 1);
        study.Optimize(t => t.SuggestFloat("x", 0, 1), nTrials: 256, nJobs: 8);
        Assert.Equal(Enumerable.Range(0, 256), study.Trials.Skip(1).Select(t => (int)((double)t.Params["x"]! * 256)).Order());
    }

    [Fact]
    public void A_study_told_of_trials_elsewhere_goes_on_where_the_counter_stands()
    {
        var study = NewStudy(new QmcOptions());
        study.Optimize(t => t.SuggestFloat("x", 0, 1), nTrials: 6);
        var key = study.SystemAttrs.Keys.Single(k => k.StartsWith("qmc:", StringComparison.Ordinal));
        Assert.Equal("4", study.SystemAttrs[key]);
        study.Optimize(t => t.SuggestFloat("x", 0, 1), nTrials: 1);
        Assert.Equal(0.875, study.Trials[6].Params["x"]);
    }

    [Fact]
    public void The_counter_has_the_name_Optuna_gives_it()
    {
        var space = new SearchSpace(
        [
            new("s", new FloatDistribution(0, 1, step: 0.05)),
            new("l", new FloatDistribution(1e-5, 1, log: true)),
            new("k", new IntDistribution(0, 100, step: 5)),
            new("a", new CategoricalDistribution("p", "q", null, true, 1, 2.5, double.NaN, "it's", "é\n")),
        ]);
        Assert.Equal("qmc:44a18443a0fed9436ed3e826aeeedb53703cd186ea1cda9af209c8b4c4b31def", QmcCounter.Key(new QmcOptions(), 0, space));
        Assert.Equal(
            "qmc:9da19cdc2e630c62535e3e7e477c539c6d78b0cf03b41e971018707f23f820c1",
            QmcCounter.Key(new QmcOptions { Type = QmcType.Halton, Scramble = true }, 7, new SearchSpace([new("x", new CategoricalDistribution("a"))])));
    }

    [Fact]
    public void The_space_is_that_of_the_first_trial_that_did_not_fail()
    {
        var study = NewStudy(new QmcOptions());
        study.Optimize((Func<Trial, double>)(t => throw new FormatException($"{t.SuggestFloat("failed", 0, 1)}")), nTrials: 1, @catch: [typeof(FormatException)]);
        study.Optimize(
            (Func<Trial, double>)(t =>
            {
                t.SuggestFloat("x", 0, 1);
                throw new TrialPrunedException();
            }),
            nTrials: 1);
        study.Optimize(t => t.SuggestFloat("x", 0, 1) + t.SuggestFloat("y", 0, 1), nTrials: 4);
        Assert.Equal([0, 0.5, 0.75, 0.25], study.Trials.Skip(2).Select(t => (double)t.Params["x"]!));
    }

    [Fact]
    public void While_nothing_is_finished_running_trials_tell_the_space()
    {
        var study = NewStudy(new QmcOptions());
        var first = study.Ask();
        first.SuggestFloat("x", 0, 1);
        var second = study.Ask();
        Assert.Equal(0, second.SuggestFloat("x", 0, 1));
    }

    [Fact]
    public void Choices_come_equally_often()
    {
        var study = NewStudy(new QmcOptions { Scramble = true });
        study.Optimize(t => (t.SuggestCategorical("c", "p", "q", "r", "s") == "p" ? 0 : 1) + t.SuggestFloat("x", 0, 1), nTrials: 65);
        Assert.All(study.Trials.Skip(1).GroupBy(t => t.Params["c"]), g => Assert.Equal(16, g.Count()));
    }

    [Fact]
    public void A_scramble_follows_its_own_seed_where_it_has_one()
    {
        double[] Xs(ulong study, ulong? seed)
        {
            var made = Study.Create(sampler: new QmcSampler(new QmcOptions { Scramble = true, Seed = seed }), pruner: new NopPruner(), seed: study);
            made.Optimize(t => t.SuggestFloat("x", 0, 1), nTrials: 9);
            return [.. made.Trials.Skip(1).Select(t => (double)t.Params["x"]!)];
        }

        Assert.Equal(Xs(1, 5), Xs(2, 5));
        Assert.NotEqual(Xs(1, 5), Xs(1, 6));
        Assert.NotEqual(Xs(1, null), Xs(2, null));
    }

    [Fact]
    public void A_parameter_outside_the_space_is_drawn_at_random_with_a_warning_that_can_be_switched_off()
    {
        List<string> Warned(bool warn) => Warnings.During(() => NewStudy(new QmcOptions { WarnIndependentSampling = warn }).Optimize(
            t => t.SuggestFloat("x", 0, 1) + (t.Number == 0 ? 0 : t.SuggestFloat("late", 0, 1)), nTrials: 3));

        Assert.Equal(2, Warned(true).Count(w => w.Contains("'late'")));
        Assert.Empty(Warned(false));
    }

    [Theory]
    [InlineData("""{"qmc_type": "latin"}""", "qmc_type")]
    [InlineData("""{"seed": -1}""", "seed")]
    [InlineData("""{"scramble": 1}""", "scramble")]
    public void A_wrong_option_is_refused_by_name(string options, string name) =>
        Assert.Contains(name, Assert.Throws<ArgumentException>(() => SamplerCatalog.Create(new ComponentSpec("qmc", options))).Message);

    [Fact]
    public void The_options_of_Optuna_are_taken() => Assert.IsType<QmcSampler>(SamplerCatalog.Create(new ComponentSpec(
        "qmc", """{"qmc_type": "halton", "scramble": true, "seed": 18446744073709551615, "warn_asynchronous_seeding": false, "warn_independent_sampling": false}"""), 2));

    private static Study NewStudy(QmcOptions options) => Study.Create(sampler: new QmcSampler(options), pruner: new NopPruner(), seed: 11);
}
