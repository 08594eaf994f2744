using Optuna.Samplers;
using Xunit;

namespace Optuna.Tests.Parity;

public sealed class RandomParityTests
{
    public static TheoryData<string, ulong> Cases => ParityCase.CasesOf("random");

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_random_sampler_repeats_Optuna(string problem, ulong seed) =>
        ParityCase.Of(problem, "random", seed).RepeatedBy(new RandomSampler());

    [Fact]
    public void The_cases_hold_every_problem_with_both_seeds() => Assert.Equal(12, Cases.Count);

    [Fact]
    public void A_case_is_not_repeated_under_another_seed()
    {
        var other = ParityCase.Of("quad", "random", 42) with { Seed = 43 };
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => other.RepeatedBy(new RandomSampler()));
    }
}
