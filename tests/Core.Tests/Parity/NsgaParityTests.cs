using Optuna.Samplers;
using Optuna.Samplers.Nsga;
using Optuna.Studies;
using Xunit;

namespace Optuna.Tests.Parity;

public sealed class NsgaParityTests
{
    public static TheoryData<string, ulong> CasesOfII => ParityCase.CasesOf("nsga2");

    public static TheoryData<string, ulong> CasesOfIII => ParityCase.CasesOf("nsga3");

    public static TheoryData<string, string> CasesWithOptions =>
        [.. ParityCase.Several.Where(c => c.Sampler.StartsWith("nsga", StringComparison.Ordinal)).Select(c => (c.Problem, c.Sampler))];

    [Theory]
    [MemberData(nameof(CasesOfII))]
    public void NSGA_II_repeats_Optuna(string problem, ulong seed) =>
        ParityCase.Of(problem, "nsga2", seed).RepeatedBy(new NsgaIISampler(new NsgaOptions { PopulationSize = 10 }));

    [Theory]
    [MemberData(nameof(CasesOfIII))]
    public void NSGA_III_repeats_Optuna(string problem, ulong seed) =>
        ParityCase.Of(problem, "nsga3", seed).RepeatedBy(new NsgaIIISampler(new NsgaIIIOptions { PopulationSize = 10 }));

    [Theory]
    [MemberData(nameof(CasesWithOptions))]
    public void Every_crossover_and_mutation_repeats_Optuna(string problem, string sampler) =>
        ParityCase.Several.Single(c => (c.Problem, c.Sampler) == (problem, sampler)).RepeatedBy(SamplerCatalog.Create(Spec(sampler)));

    private static ComponentSpec Spec(string sampler) => sampler switch
    {
        "nsga2" => new("nsgaii", """{"population_size": 10}"""),
        "nsga3" => new("nsgaiii", """{"population_size": 10}"""),
        "nsga2-polynomial" => new("nsgaii", """{"population_size": 10, "mutation": "polynomial", "mutation_prob": 0.6, "crossover_prob": 0.5, "swapping_prob": 0.3}"""),
        _ => new("nsgaii", $$"""{"population_size": 10, "crossover": "{{sampler["nsga2-".Length..]}}"}"""),
    };

    [Fact]
    public void The_cases_hold_both_samplers_with_constraints_and_several_objectives() => Assert.Equal((8, 2, 22), (CasesOfII.Count, CasesOfIII.Count, CasesWithOptions.Count));
}
