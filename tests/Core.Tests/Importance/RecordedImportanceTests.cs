using Optuna.Importance;
using Optuna.Tests.Numerics;
using Xunit;

namespace Optuna.Tests.Importance;

/// <summary>Agreement with what Optuna says of the same trials.</summary>
public sealed class RecordedImportanceTests
{
    private const int OurSeeds = 10;

    // Both means have a sampling error; 5 of them cover all parameters, studies and evaluators at once.
    private const double Deviations = 5;

    public static TheoryData<string> Names => [.. RecordedStudy.All.Select(s => s.Name)];

    public static TheoryData<string> WithForests => [.. RecordedStudy.All.Where(s => s.Forest("fanova") is not null).Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void PED_ANOVA_gives_the_numbers_of_Optuna(string name)
    {
        var recorded = RecordedStudy.Of(name);
        var study = recorded.Create();
        foreach (var (options, target, expected) in recorded.PedAnova)
        {
            var found = study.GetParamImportances(new PedAnovaImportanceEvaluator(options), target: target, normalize: false);
            Assert.Equal(expected.Keys.Order(), found.Keys.Order());
            foreach (var (param, importance) in expected)
                Near.Relative(importance, found[param], 1e-9, floor: 1e-3);
        }
    }

    [Theory]
    [MemberData(nameof(WithForests))]
    public void FANOVA_agrees_within_the_forests_sampling_error(string name) =>
        Agrees(RecordedStudy.Of(name), "fanova", seed => new FanovaImportanceEvaluator(new ForestOptions { Seed = seed }));

    [Theory]
    [MemberData(nameof(WithForests))]
    public void Mean_decrease_of_impurity_agrees_within_the_forests_sampling_error(string name) =>
        Agrees(RecordedStudy.Of(name), "mdi", seed => new MeanDecreaseImpurityImportanceEvaluator(new ForestOptions { Seed = seed }));

    private static void Agrees(RecordedStudy recorded, string evaluator, Func<ulong, IImportanceEvaluator> create)
    {
        var (seeds, mean, deviation) = recorded.Forest(evaluator)!.Value;
        var study = recorded.Create();
        var several = recorded.Trials[0].Values.Length > 1;
        var found = Enumerable.Range(0, OurSeeds)
            .Select(s => study.GetParamImportances(create((ulong)s), target: several ? t => t.Values[0] : null, normalize: false)).ToList();
        Assert.Equal(mean.Keys.Order(), found[0].Keys.Order());
        foreach (var (param, expected) in mean)
        {
            var error = deviation[param] * Math.Sqrt((1.0 / seeds) + (1.0 / OurSeeds));
            var ours = found.Average(f => f[param]);
            Assert.True(Math.Abs(ours - expected) <= (Deviations * error) + 1e-12,
                $"{evaluator} of '{param}' in '{recorded.Name}': {ours:R} here, {expected:R} in Optuna, sampling error {error:R}.");
        }
    }
}
