using Optuna.Samplers;
using Optuna.Studies;
using Xunit;

namespace Optuna.Tests.Parity;

public sealed class QmcParityTests
{
    public static TheoryData<string, string, ulong> Cases =>
        [.. ParityCase.All.Where(c => c.Sampler is "qmc-sobol" or "qmc-halton").Select(c => (c.Problem, c.Sampler, c.Seed))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void QMC_repeats_Optuna(string problem, string sampler, ulong seed) => ParityCase.Of(problem, sampler, seed).RepeatedBy(
        SamplerCatalog.Create(new ComponentSpec("qmc", $$"""{"qmc_type": "{{sampler["qmc-".Length..]}}"}""")));

    [Fact]
    public void The_cases_hold_both_sequences() => Assert.Equal(8, Cases.Count);
}
