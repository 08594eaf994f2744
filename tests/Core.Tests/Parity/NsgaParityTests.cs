using Optuna.Samplers.Nsga;
using Xunit;

namespace Optuna.Tests.Parity;

public sealed class NsgaParityTests
{
    public static TheoryData<string, ulong> CasesOfII => ParityCase.CasesOf("nsga2");

    public static TheoryData<string, ulong> CasesOfIII => ParityCase.CasesOf("nsga3");

    [Theory]
    [MemberData(nameof(CasesOfII))]
    public void NSGA_II_repeats_Optuna(string problem, ulong seed) =>
        ParityCase.Of(problem, "nsga2", seed).RepeatedBy(new NsgaIISampler(new NsgaOptions { PopulationSize = 10 }));

    [Theory]
    [MemberData(nameof(CasesOfIII))]
    public void NSGA_III_repeats_Optuna(string problem, ulong seed) =>
        ParityCase.Of(problem, "nsga3", seed).RepeatedBy(new NsgaIIISampler(new NsgaIIIOptions { PopulationSize = 10 }));

    [Fact]
    public void The_cases_hold_both_samplers_with_constraints_and_several_objectives() => Assert.Equal((8, 2), (CasesOfII.Count, CasesOfIII.Count));
}
