using Optuna.Samplers;
using Optuna.Samplers.Tpe;
using Optuna.Studies;
using Xunit;

namespace Optuna.Tests.Parity;

public sealed class TpeParityTests
{
    private static readonly string[] Samplers = ["tpe", "tpe-univariate", "tpe-group"];

    // TPE for several objectives is no part of the sampler.
    public static TheoryData<string, string, ulong> Cases =>
        [.. ParityCase.All.Where(c => Samplers.Contains(c.Sampler) && c.Problem != "two-objectives").Select(c => (c.Problem, c.Sampler, c.Seed))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void TPE_repeats_Optuna(string problem, string sampler, ulong seed) => ParityCase.Of(problem, sampler, seed).RepeatedBy(sampler switch
    {
        "tpe-univariate" => new TpeSampler(new TpeOptions { Multivariate = false }),
        "tpe-group" => SamplerCatalog.Create(new ComponentSpec("tpe", """{"group": true}"""), 1),
        _ => SamplerCatalog.Create(SamplerCatalog.Default(1), 1),
    });
}
