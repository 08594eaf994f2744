using Optuna.Distributions;
using Optuna.Importance;
using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Importance;

public sealed class ParamImportancesTests
{
    public static TheoryData<string> Evaluators => ["ped", "fanova", "mdi"];

    [Theory]
    [MemberData(nameof(Evaluators))]
    public void What_decides_the_value_comes_first_and_the_shares_sum_to_one(string name)
    {
        var study = Given(40, t => (10 * t.SuggestFloat("a", 0, 1)) + t.SuggestFloat("b", 0, 1) + (t.SuggestInt("c", 0, 3) * 1e-3));
        var found = study.GetParamImportances(Evaluator(name));
        Assert.Equal("a", found.Keys.First());
        Assert.Equal(found.Values.OrderDescending(), found.Values);
        Assert.Equal(1, found.Values.Sum(), 12);
        Assert.All(found.Values, v => Assert.InRange(v, 0, 1));
    }

    [Theory]
    [MemberData(nameof(Evaluators))]
    public void Given_parameters_are_the_only_ones_assessed(string name)
    {
        var study = Given(20, t => t.SuggestFloat("a", 0, 1) + t.SuggestFloat("b", 0, 1));
        Assert.Equal(["b"], study.GetParamImportances(Evaluator(name), ["b"]).Keys);
        Assert.Empty(study.GetParamImportances(Evaluator(name), []));
        Assert.Contains("'c'", Assert.Throws<ArgumentException>(() => study.GetParamImportances(Evaluator(name), ["b", "c"])).Message);
    }

    [Theory]
    [MemberData(nameof(Evaluators))]
    public void One_trial_tells_nothing_so_shares_are_equal(string name)
    {
        var study = Given(1, t => t.SuggestFloat("a", 0, 1) + t.SuggestFloat("b", 0, 1));
        Assert.Equal([0.5, 0.5], study.GetParamImportances(Evaluator(name)).Values);
        Assert.Empty(Study.Create().GetParamImportances(Evaluator(name)));
    }

    [Theory]
    [MemberData(nameof(Evaluators))]
    public void A_target_is_explained_instead_of_the_value(string name)
    {
        var study = Given(40, t => t.SuggestFloat("a", 0, 1) + (0 * t.SuggestFloat("b", 0, 1)));
        Assert.Equal("a", study.GetParamImportances(Evaluator(name)).Keys.First());
        Assert.Equal("b", study.GetParamImportances(Evaluator(name), target: t => (double)t.Params["b"]!).Keys.First());
    }

    [Theory]
    [MemberData(nameof(Evaluators))]
    public void Values_that_are_not_finite_are_left_out(string name)
    {
        var study = Given(30, t => t.SuggestFloat("a", 0, 1) + (0.1 * t.SuggestFloat("b", 0, 1)));
        var before = study.GetParamImportances(Evaluator(name));
        study.AddTrial(Trial(double.PositiveInfinity, ("a", new FloatDistribution(0, 1), 0.5), ("b", new FloatDistribution(0, 1), 0.5)));
        Assert.Equal(before, study.GetParamImportances(Evaluator(name)));
    }

    [Theory]
    [MemberData(nameof(Evaluators))]
    public void Reading_the_studys_own_columns_is_reading_its_trials(string name)
    {
        var study = RecordedStudy.Of("conditional").Create();
        Assert.Equal(study.GetParamImportances(Evaluator(name)), study.GetParamImportances(Evaluator(name), target: t => t.Value!.Value));
    }

    [Theory]
    [InlineData("fanova")]
    [InlineData("mdi")]
    public void Forests_look_at_the_parameters_every_trial_has(string name)
    {
        var study = RecordedStudy.Of("conditional").Create();
        Assert.Equal(["kind"], study.GetParamImportances(Evaluator(name)).Keys);
        Assert.Contains("'alpha'", Assert.Throws<ArgumentException>(() => study.GetParamImportances(Evaluator(name), ["kind", "alpha"])).Message);
        Assert.Equal(["depth", "kind"], study.GetParamImportances(Evaluator(name), ["kind", "depth"]).Keys.Order());
    }

    [Theory]
    [InlineData("fanova")]
    [InlineData("mdi")]
    public void Several_objectives_need_a_target(string name)
    {
        var study = RecordedStudy.Of("two").Create();
        Assert.Contains("'target'", Assert.Throws<ArgumentException>(() => study.GetParamImportances(Evaluator(name))).Message);
    }

    [Theory]
    [InlineData("fanova")]
    [InlineData("mdi")]
    public void A_forest_depends_on_its_seed_and_not_on_threads(string name)
    {
        var study = RecordedStudy.Of("mixed").Create();
        var first = study.GetParamImportances(Evaluator(name, 3));
        Assert.Equal(first, study.GetParamImportances(Evaluator(name, 3)));
        Assert.NotEqual(first, study.GetParamImportances(Evaluator(name, 4)));
        // The study's own seed is as good as any.
        Assert.Equal(study.GetParamImportances(Evaluator(name)), study.GetParamImportances(Evaluator(name, 1)));
    }

    [Fact]
    public void FANOVA_of_equal_values_is_refused()
    {
        var study = Given(10, t => 0 * t.SuggestFloat("a", 0, 1));
        Assert.Throws<InvalidOperationException>(() => study.GetParamImportances(new FanovaImportanceEvaluator()));
        Assert.Equal([1.0], study.GetParamImportances(new MeanDecreaseImpurityImportanceEvaluator()).Values);
    }

    [Fact]
    public void FANOVA_does_not_depend_on_the_scale_of_a_range()
    {
        IReadOnlyDictionary<string, double> Of(double scale) => Given(60, t => t.SuggestFloat("a", 0, scale) / scale * t.SuggestFloat("b", 0, 1))
            .GetParamImportances(new FanovaImportanceEvaluator());
        var (large, small) = (Of(1), Of(Math.ScaleB(1, -40)));
        Assert.Equal(large["a"], small["a"], 9);
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        Assert.Contains("'target_quantile'", Assert.Throws<ArgumentException>(() => new PedAnovaImportanceEvaluator(new() { TargetQuantile = 0 })).Message);
        Assert.Contains("'region_quantile'", Assert.Throws<ArgumentException>(() => new PedAnovaImportanceEvaluator(new() { RegionQuantile = 0.05 })).Message);
        Assert.Contains("'n_trees'", Assert.Throws<ArgumentException>(() => new FanovaImportanceEvaluator(new() { Trees = 0 })).Message);
        Assert.Contains("'max_depth'", Assert.Throws<ArgumentException>(() => new MeanDecreaseImpurityImportanceEvaluator(new() { MaxDepth = 0 })).Message);
    }

    private static IImportanceEvaluator Evaluator(string name, ulong? seed = null) => name switch
    {
        "ped" => new PedAnovaImportanceEvaluator(),
        "fanova" => new FanovaImportanceEvaluator(new ForestOptions { Trees = 8, Seed = seed }),
        _ => new MeanDecreaseImpurityImportanceEvaluator(new ForestOptions { Trees = 8, Seed = seed }),
    };

    private static Study Given(int trials, Func<Trial, double> objective)
    {
        var study = Study.Create(sampler: new RandomSampler(), seed: 2);
        study.Optimize(objective, trials);
        return study;
    }

    private static FrozenTrial Trial(double value, params (string Name, Distribution Distribution, double Value)[] parameters) => new()
    {
        State = TrialState.Complete,
        Values = [value],
        DatetimeStart = DateTime.UnixEpoch,
        DatetimeComplete = DateTime.UnixEpoch,
        ParamList = [.. parameters.Select(p => new TrialParam(p.Name, p.Distribution, p.Value))],
    };
}
