using Optuna.Samplers;
using Optuna.Samplers.BruteForce;
using Optuna.Samplers.CmaEs;
using Optuna.Samplers.Grid;
using Optuna.Samplers.PartialFixed;
using Optuna.Samplers.Tpe;
using Optuna.Studies;
using Optuna.Tests.Studies;
using Xunit;

namespace Optuna.Tests.Samplers.PartialFixed;

public sealed class PartialFixedSamplerTests
{
    [Theory]
    [InlineData("""{"name": "random"}""")]
    [InlineData("\"tpe\"")]
    [InlineData("""{"name": "tpe", "options": {"n_startup_trials": 2}}""")]
    [InlineData("""{"name": "tpe", "options": {"n_startup_trials": 2, "multivariate": false}}""")]
    [InlineData("""{"name": "tpe", "options": {"n_startup_trials": 2, "group": true}}""")]
    [InlineData("""{"name": "cmaes", "options": {"n_startup_trials": 1}}""")]
    [InlineData("""{"name": "partial_fixed", "options": {"fixed_params": {"x": 1}, "base_sampler": "random"}}""")]
    public void Fixed_parameters_are_fixed_and_the_others_are_sampled(string sampler)
    {
        var study = Study.Create(seed: 1, sampler: SamplerCatalog.Create(
            new ComponentSpec("partial_fixed", $$"""{"fixed_params": {"z": 0, "c": null}, "base_sampler": {{sampler}}}""")));
        study.Optimize(
            t => t.SuggestFloat("x", -10, 10) + t.SuggestFloat("y", -10, 10) + t.SuggestFloat("z", -10, 10) + (t.SuggestCategorical("c", "n", null) is null ? 0 : 1),
            nTrials: 12);
        Assert.All(study.Trials, t => Assert.Equal((0.0, null), ((double)t.Params["z"]!, t.Params["c"])));
        Assert.Equal(12, study.Trials.Select(t => t.Params["y"]).Distinct().Count());
    }

    [Fact]
    public void The_others_are_sampled_as_the_base_sampler_would_without_the_fixed_ones()
    {
        double[] Values(ISampler sampler, bool isFixed)
        {
            var study = Study.Create(sampler: sampler, seed: 3);
            study.Optimize(t => t.SuggestFloat("x", -10, 10) + (isFixed ? t.SuggestFloat("z", -10, 10) - 4 : 0) + t.SuggestFloat("y", -10, 10), nTrials: 30);
            return [.. study.Trials.SelectMany(t => new[] { (double)t.Params["x"]!, (double)t.Params["y"]! })];
        }

        Assert.Equal(Values(new TpeSampler(), false), Values(new PartialFixedSampler([new("z", 4)], new TpeSampler()), true));
        Assert.Equal(Values(new RandomSampler(), false), Values(new PartialFixedSampler([new("z", 4)], new RandomSampler()), true));
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(2)]
    public void A_value_out_of_range_is_used_and_warned_of(int value)
    {
        var study = Study.Create(sampler: new PartialFixedSampler([new("y", value)], new TpeSampler(new TpeOptions { StartupTrials = 0 })), seed: 1);
        var warnings = Warnings.During(() => study.Optimize(t => t.SuggestInt("x", -1, 1) + t.SuggestInt("y", -1, 1), nTrials: 3));
        Assert.All(study.Trials, t => Assert.Equal((long)value, t.Params["y"]));
        Assert.Equal(3, warnings.Count(w => w.Contains("'y'") && w.Contains("out of range")));
    }

    [Fact]
    public void A_fraction_for_a_whole_number_is_cut_off_with_a_warning()
    {
        var study = Study.Create(sampler: new PartialFixedSampler([new("y", 0.5)], new RandomSampler()), seed: 1);
        Assert.NotEmpty(Warnings.During(() => study.Optimize(t => t.SuggestInt("y", -10, 10), nTrials: 1)));
        Assert.Equal(0L, study.Trials[0].Params["y"]);
    }

    [Fact]
    public void A_value_that_is_none_of_the_choices_fails_the_trial()
    {
        var study = Study.Create(sampler: new PartialFixedSampler([new("y", 2)], new RandomSampler()), seed: 1);
        Assert.Contains("'y' is fixed", Assert.Throws<ArgumentException>(() => study.Optimize(t => t.SuggestCategorical("y", -1, 0, 1), nTrials: 1)).Message);
    }

    [Fact]
    public void It_has_the_abilities_of_its_base_sampler_and_no_others()
    {
        var study = Study.Create(sampler: new RandomSampler(), seed: 1);
        var context = new SamplingContext(StudyState.Replay(new StudyId(1), Given.AStudy().Events).View, 0, RandomStreams.ForTrial(1, 0));
        foreach (var (sampler, inTurn, ahead) in new (ISampler, bool, bool)[]
        {
            (new RandomSampler(), false, true), (new TpeSampler(), false, true), (new BruteForceSampler(), true, false), (new GridSampler([new("x", [1])]), true, false),
        })
        {
            ISampler wrapped = new PartialFixedSampler([new("z", 1)], sampler);
            Assert.Equal((inTurn, ahead), (wrapped.DrawsInTurn(context), wrapped.DrawsAhead));
            Assert.False(((IExhaustible)wrapped).IsExhausted(context.Study));
        }

        Assert.Throws<ArgumentException>(() => Study.Create(
            directions: [StudyDirection.Minimize, StudyDirection.Minimize], sampler: new PartialFixedSampler([], new CmaEsSampler())));
        Assert.Empty(study.Trials);
    }

    [Theory]
    [InlineData("fixed_params", """{"base_sampler": "random"}""")]
    [InlineData("fixed_params", """{"base_sampler": "random", "fixed_params": [1]}""")]
    [InlineData("base_sampler", """{"fixed_params": {}}""")]
    [InlineData("base_sampler", """{"fixed_params": {}, "base_sampler": {"options": {}}}""")]
    [InlineData("no such", """{"fixed_params": {}, "base_sampler": "no such"}""")]
    [InlineData("n_min", """{"fixed_params": {}, "base_sampler": {"name": "tpe", "options": {"n_min": 1}}}""")]
    public void An_option_out_of_range_is_refused_by_name(string name, string options) => Assert.Contains(
        $"'{name}'", Assert.Throws<ArgumentException>(() => SamplerCatalog.Create(new ComponentSpec("partial_fixed", options))).Message);
}
