using Optuna.Samplers;
using Optuna.Samplers.Tpe;
using Optuna.Studies;
using Xunit;

namespace Optuna.Tests.Parity;

public sealed class TpeParityTests
{
    private static readonly string[] Samplers = ["tpe", "tpe-univariate", "tpe-group"];

    public static TheoryData<string, string, ulong> Cases =>
        [.. ParityCase.All.Where(c => Samplers.Contains(c.Sampler)).Select(c => (c.Problem, c.Sampler, c.Seed))];

    public static TheoryData<string, string> SeveralCases =>
        [.. ParityCase.Several.Where(c => c.Sampler.StartsWith("tpe", StringComparison.Ordinal)).Select(c => (c.Problem, c.Sampler))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void TPE_repeats_Optuna(string problem, string sampler, ulong seed) => ParityCase.Of(problem, sampler, seed).RepeatedBy(sampler switch
    {
        "tpe-univariate" => new TpeSampler(new TpeOptions { Multivariate = false }),
        "tpe-group" => SamplerCatalog.Create(new ComponentSpec("tpe", """{"group": true}"""), 1),
        _ => SamplerCatalog.Create(SamplerCatalog.Default),
    });

    [Theory]
    [MemberData(nameof(SeveralCases))]
    public void With_several_objectives_TPE_repeats_Optuna(string problem, string sampler) =>
        ParityCase.Several.Single(c => (c.Problem, c.Sampler) == (problem, sampler)).RepeatedBy(
            new TpeSampler(new TpeOptions { Multivariate = sampler == "tpe-multivariate" ? true : null }));

    [Fact]
    public void The_cases_hold_several_objectives_too() => Assert.Equal((5, 24), (SeveralCases.Count, Cases.Count));
}
