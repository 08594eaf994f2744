using CsCheck;
using Optuna.Distributions;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Samplers.CmaEs;
using Optuna.Studies;
using Optuna.Tests.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Samplers.CmaEs;

public sealed class CmaEsSamplerTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    public void Trials_before_the_startup_number_are_drawn_at_random(int startup, int first)
    {
        var study = Run(new CmaEsOptions { StartupTrials = startup }, 7);
        Assert.All(study.Trials, t => Assert.Equal(t.Number >= first ? "0" : null, Attr(t, "cma:generation")));
    }

    [Theory]
    [InlineData("{}", "cma:generation")]
    [InlineData("""{"use_separable_cma": true}""", "sepcma:generation")]
    [InlineData("""{"with_margin": true}""", "cmawm:generation")]
    [InlineData("""{"lr_adapt": true}""", "cma:generation")]
    public void A_generation_is_recorded_with_every_trial_under_Optuna_s_name(string options, string key)
    {
        var study = Study.Create(sampler: SamplerCatalog.Create(new ComponentSpec("cmaes", options)), pruner: new NopPruner(), seed: 1);
        study.Optimize(Bowl, nTrials: 20);
        Assert.Equal(
            Enumerable.Range(0, 20).Select(n => n == 0 ? null : $"{(n - 1) / 6}"), study.Trials.Select(t => Attr(t, key)));
    }

    [Fact]
    public void Margin_records_the_point_behind_discrete_parameters()
    {
        var study = Study.Create(sampler: new CmaEsSampler(new CmaEsOptions { WithMargin = true }), pruner: new NopPruner(), seed: 1);
        study.Optimize(t => Math.Abs(t.SuggestInt("n", 0, 3) - 2) + t.SuggestFloat("x", 0, 1), nTrials: 60);
        foreach (var t in study.Trials.Skip(1))
        {
            var raw = new double[2];
            Assert.True(RawPoint.TryRead(Attr(t, "x_for_tell"), raw));
            Assert.Equal((double)t.Params["x"]!, raw[1], 1e-12);
        }

        Assert.True(study.Trials.Skip(30).Select(t => t.Params["n"]).Distinct().Count() > 1, "frozen on one value");
    }

    [Theory]
    [InlineData("[0.25, 1e-05]", true)]
    [InlineData("[0.25]", false)]
    [InlineData("[0.25, 1, 2]", false)]
    [InlineData("[NaN, 1]", false)]
    [InlineData("0.25, 1", false)]
    [InlineData(null, false)]
    public void A_raw_point_is_a_list_of_as_many_numbers(string? json, bool reads)
    {
        var x = new double[2];
        Assert.Equal(reads, RawPoint.TryRead(json, x));
        if (reads)
            Assert.Equal("[0.25, 1E-05]", RawPoint.Write(x));
    }

    [Fact]
    public void Maximising_is_minimising_the_negative()
    {
        var down = Run(CmaEsOptions.Default, 40);
        var up = Study.Create(direction: StudyDirection.Maximize, sampler: new CmaEsSampler(), pruner: new NopPruner(), seed: 1);
        up.Optimize(t => -Bowl(t), nTrials: 40);
        Assert.Equal(down.Trials.SelectMany(t => t.ParamList), up.Trials.SelectMany(t => t.ParamList));
    }

    [Fact]
    public void It_comes_close_to_an_optimum_random_search_does_not()
    {
        var study = Run(CmaEsOptions.Default, 200);
        var random = Study.Create(sampler: new RandomSampler(), pruner: new NopPruner(), seed: 1);
        random.Optimize(Bowl, nTrials: 200);
        Assert.InRange(study.BestValue, 0, random.BestValue / 1000);
    }

    [Fact]
    public void Categorical_parameters_are_drawn_on_their_own_with_a_warning()
    {
        var study = Study.Create(sampler: new CmaEsSampler(), pruner: new NopPruner(), seed: 1);
        double Objective(Trial t) => t.SuggestFloat("x", 0, 1) + (t.SuggestCategorical("c", "a", "b") == "a" ? 0 : 1);
        Assert.Empty(Warnings.During(() => study.Optimize(Objective, nTrials: 1)));
        var warning = Assert.Single(Warnings.During(() => study.Optimize(Objective, nTrials: 1)));
        Assert.Contains("'c' of trial 1", warning, StringComparison.Ordinal);
        Assert.Equal("0", Attr(study.Trials[1], "cma:generation"));
    }

    [Fact]
    public void A_space_that_changes_after_the_first_generation_is_left_to_independent_draws_with_one_warning()
    {
        var study = Study.Create(sampler: new CmaEsSampler(), pruner: new NopPruner(), seed: 1);
        study.Optimize(Bowl, nTrials: 10);
        var warnings = Warnings.During(() => study.Optimize(t => t.SuggestFloat("x", -5, 5), nTrials: 10));
        Assert.Single(warnings, w => w.Contains("space that changes: parameters", StringComparison.Ordinal));
        Assert.All(study.Trials.Skip(11), t => Assert.Null(Attr(t, "cma:generation")));
    }

    [Fact]
    public void A_space_may_change_before_the_first_generation_is_whole()
    {
        var study = Study.Create(sampler: new CmaEsSampler(new CmaEsOptions { WarnIndependentSampling = false }), pruner: new NopPruner(), seed: 1);
        study.Optimize(Bowl, nTrials: 3);
        study.Optimize(t => Math.Abs(t.SuggestFloat("x", -5, 5) - 1), nTrials: 40);
        Assert.True(int.Parse(Attr(study.Trials[^1], "cma:generation")!) >= 8);
        Assert.InRange(study.BestValue, 0, 0.01);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pruned_trials_count_when_they_are_considered(bool considered)
    {
        var study = Study.Create(
            sampler: new CmaEsSampler(new CmaEsOptions { ConsiderPrunedTrials = considered, PopulationSize = 4 }), pruner: new NopPruner(), seed: 1);
        study.Optimize(
            (Func<Trial, double>)(t =>
            {
                var value = Bowl(t);
                t.Report(value, 1);
                return t.Number % 2 == 0 ? value : throw new TrialPrunedException();
            }),
            nTrials: 42);
        Assert.Equal(considered ? "10" : "5", Attr(study.Trials[41], "cma:generation"));
    }

    [Fact]
    public void Constraints_are_warned_of_once_and_not_used()
    {
        var study = Study.Create(sampler: new CmaEsSampler(), pruner: new NopPruner(), seed: 1);
        var warnings = Warnings.During(() => study.Optimize(
            t =>
            {
                t.SetConstraint("c", 1);
                return Bowl(t);
            },
            nTrials: 9));
        Assert.Single(warnings, w => w.Contains("constraints", StringComparison.Ordinal));
    }

    [Fact]
    public void A_warm_start_begins_where_the_source_trials_were_good()
    {
        var source = Study.Create(sampler: new RandomSampler(), pruner: new NopPruner(), seed: 3);
        source.Optimize(Bowl, nTrials: 200);
        var warm = Run(new CmaEsOptions { SourceTrials = source.Trials }, 7);
        Assert.True(warm.Trials.Skip(1).Average(t => t.Value!.Value) < Run(CmaEsOptions.Default, 7).Trials.Skip(1).Average(t => t.Value!.Value) / 2);

        var json = string.Join(", ", source.Trials.Select(t => FormattableString.Invariant(
            $$"""{"params": {"x": {{t.Params["x"]}}, "y": {{t.Params["y"]}}}, "value": {{t.Value}}}""")));
        var study = Study.Create(
            sampler: SamplerCatalog.Create(new ComponentSpec("cmaes", $$"""{"source_trials": [{{json}}]}""")), pruner: new NopPruner(), seed: 1);
        study.Optimize(Bowl, nTrials: 7);
        Assert.Equal(warm.Trials.SelectMany(t => t.ParamList), study.Trials.SelectMany(t => t.ParamList));
    }

    [Fact]
    public void Source_trials_of_another_space_are_refused_by_name()
    {
        var source = Study.Create(sampler: new RandomSampler(), pruner: new NopPruner(), seed: 3);
        source.Optimize(t => t.SuggestFloat("z", 0, 1), nTrials: 20);
        var e = Assert.Throws<ArgumentException>(() => Run(new CmaEsOptions { SourceTrials = source.Trials }, 2));
        Assert.Contains("'source_trials' must hold 10 trials or more with exactly the parameters 'x', 'y'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void X0_and_sigma0_set_the_first_distribution_and_are_deprecated()
    {
        var x0 = new Dictionary<string, object?> { ["x"] = 3.0, ["y"] = 4L };
        Study? study = null;
        var warnings = Warnings.During(() => study = Run(new CmaEsOptions { X0 = x0, Sigma0 = 1e-6 }, 7));
        Assert.Equal(["CmaEsSampler: 'x0' is deprecated.", "CmaEsSampler: 'sigma0' is deprecated."], warnings);
        Assert.All(study!.Trials.Skip(1), t => Assert.Equal((3.0, 4L), (Math.Round((double)t.Params["x"]!, 3), t.Params["y"])));

        var outside = new CmaEsOptions { X0 = new Dictionary<string, object?> { ["x"] = 300.0, ["y"] = 4L } };
        Assert.Contains("'x' in 'x0'", Assert.Throws<ArgumentException>(() => Run(outside, 2)).Message, StringComparison.Ordinal);
        var missing = new CmaEsOptions { X0 = new Dictionary<string, object?> { ["x"] = 3.0 } };
        Assert.Contains("no value for parameter 'y'", Assert.Throws<ArgumentException>(() => Run(missing, 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Restarts_are_accepted_with_a_warning_and_change_nothing()
    {
        var options = """{"restart_strategy": "ipop", "inc_popsize": 2}""";
        ISampler? sampler = null;
        Assert.Contains("'restart_strategy'", Assert.Single(Warnings.During(() => sampler = SamplerCatalog.Create(new ComponentSpec("cmaes", options)))), StringComparison.Ordinal);
        var study = Study.Create(sampler: sampler, pruner: new NopPruner(), seed: 1);
        study.Optimize(Bowl, nTrials: 10);
        Assert.Equal(Run(CmaEsOptions.Default, 10).Trials.SelectMany(t => t.ParamList), study.Trials.SelectMany(t => t.ParamList));
    }

    [Theory]
    [InlineData("""{"lr_adapt": true, "use_separable_cma": true}""", "'lr_adapt'")]
    [InlineData("""{"lr_adapt": true, "with_margin": true}""", "'lr_adapt'")]
    [InlineData("""{"use_separable_cma": true, "with_margin": true}""", "'use_separable_cma'")]
    [InlineData("""{"source_trials": [], "x0": {"x": 1}}""", "'x0'")]
    [InlineData("""{"source_trials": [], "sigma0": 0.1}""", "'sigma0'")]
    [InlineData("""{"source_trials": [], "use_separable_cma": true}""", "'source_trials'")]
    [InlineData("""{"source_trials": [{"params": 1}]}""", "source_trials[0]")]
    [InlineData("""{"source_trials": [{"params": {}, "value": "1"}]}""", "source_trials[0]")]
    [InlineData("""{"popsize": 1}""", "popsize")]
    [InlineData("""{"popsize": 2.5}""", "'popsize'")]
    [InlineData("""{"sigma0": 0}""", "sigma0")]
    [InlineData("""{"n_startup_trials": -1}""", "n_startup_trials")]
    [InlineData("""{"independent_sampler": "nobody"}""", "nobody")]
    [InlineData("""{"popsiz": 4}""", "'popsiz'")]
    public void Options_that_cannot_be_are_refused_by_name(string options, string named) =>
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => SamplerCatalog.Create(new ComponentSpec("cmaes", options))).Message, StringComparison.Ordinal);

    [Fact]
    public void Several_objectives_are_refused() =>
        Assert.Contains("has 2", Assert.Throws<ArgumentException>(() => SamplerCatalog.Create(new ComponentSpec("cmaes"), 2)).Message, StringComparison.Ordinal);

    [Fact]
    public void One_parameter_makes_the_separable_option_void_with_a_warning()
    {
        var study = Study.Create(sampler: new CmaEsSampler(new CmaEsOptions { UseSeparableCma = true }), pruner: new NopPruner(), seed: 1);
        var warnings = Warnings.During(() => study.Optimize(t => Math.Abs(t.SuggestFloat("x", -1, 1) - 0.2), nTrials: 60));
        Assert.Contains("'use_separable_cma'", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.InRange(study.BestValue, 0, 1e-3);
    }

    [Fact]
    public void Trials_from_elsewhere_with_odd_attributes_are_lived_with()
    {
        var attrs = Gen.OneOf(
            Gen.Const("0"), Gen.Const("1"), Gen.Const("-1"), Gen.Const("99999999999"), Gen.Const("\"a\""), Gen.Const("null"), Gen.Const("0.5"));
        var points = Gen.OneOf(Gen.Const("[0.5, 0.5]"), Gen.Const("[1e300, -1e300]"), Gen.Const("[]"), Gen.Const("{}"), Gen.Const("[0.5]"));
        var values = Gen.OneOf(Gen.Double[-1, 1], Gen.Const(double.PositiveInfinity), Gen.Const(double.NegativeInfinity), Gen.Const(0.0));
        var trials = Gen.Select(attrs, points, values, Gen.Double[-9, 9], Gen.Int[0, 5]).Array[0, 40];
        Gen.Select(Gen.Int[0, 4], trials).Sample((kind, history) =>
        {
            var options = new CmaEsOptions
            {
                UseSeparableCma = kind == 1, WithMargin = kind == 2, LearningRateAdaptation = kind == 3, ConsiderPrunedTrials = kind == 4, WarnIndependentSampling = false,
            };
            var study = Study.Create(sampler: new CmaEsSampler(options), pruner: new NopPruner(), seed: 1);
            foreach (var (generation, point, value, x, shape) in history)
            {
                var range = new FloatDistribution(shape == 0 ? -10 : -9.5, 10);
                study.AddTrial(new FrozenTrial
                {
                    State = shape == 1 ? TrialState.Pruned : TrialState.Complete, Values = [value],
                    DatetimeStart = DateTime.UnixEpoch, DatetimeComplete = DateTime.UnixEpoch,
                    ParamList = shape == 2 ? [] : [new TrialParam("x", range, x), new TrialParam("n", new IntDistribution(-10, 10), Math.Round(x))],
                    SystemAttrs = [KeyValuePair.Create(options.Prefix + "generation", generation), KeyValuePair.Create("x_for_tell", point)],
                });
            }

            study.Optimize(t => t.SuggestFloat("x", -9.5, 10) + t.SuggestInt("n", -10, 10), nTrials: 12);
            Assert.All(study.Trials.Skip(history.Length), t => Assert.InRange((double)t.Params["x"]!, -9.5, 10));
        }, iter: 60);
    }

    private static Study Run(CmaEsOptions options, int trials)
    {
        var study = Study.Create(sampler: new CmaEsSampler(options), pruner: new NopPruner(), seed: 1);
        study.Optimize(Bowl, nTrials: trials);
        return study;
    }

    private static double Bowl(Trial t)
    {
        var (x, y) = (t.SuggestFloat("x", -5, 5), t.SuggestInt("y", -20, 20));
        return ((x - 1) * (x - 1)) + (0.01 * (y - 3) * (y - 3));
    }

    private static string? Attr(FrozenTrial trial, string key) => trial.SystemAttrs.SingleOrDefault(a => a.Key == key).Value;
}
