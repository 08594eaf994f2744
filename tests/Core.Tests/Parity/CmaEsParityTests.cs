using Optuna.Samplers;
using Optuna.Samplers.CmaEs;
using Optuna.Studies;
using Xunit;

namespace Optuna.Tests.Parity;

public sealed class CmaEsParityTests
{
    private static readonly string[] Samplers = ["cmaes", "cmaes-sep", "cmaes-lr"];

    public static TheoryData<string, string, ulong> Cases =>
        [.. ParityCase.All.Where(c => Samplers.Contains(c.Sampler)).Select(c => (c.Problem, c.Sampler, c.Seed))];

    // All generations: eigenvectors have the signs they have there.
    [Theory]
    [MemberData(nameof(Cases))]
    public void CMA_ES_repeats_Optuna(string problem, string sampler, ulong seed) => ParityCase.Of(problem, sampler, seed).RepeatedBy(sampler switch
    {
        "cmaes-sep" => SamplerCatalog.Create(new ComponentSpec("cmaes", """{"use_separable_cma": true}""")),
        "cmaes-lr" => new CmaEsSampler(new CmaEsOptions { LearningRateAdaptation = true }),
        _ => SamplerCatalog.Create(new ComponentSpec("cmaes")),
    });

    [Fact]
    public void The_cases_hold_three_kinds() => Assert.Equal(8, Cases.Count);
}
