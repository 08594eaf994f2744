using Optuna.Samplers;
using Optuna.Samplers.BruteForce;
using Optuna.Samplers.Grid;
using Optuna.Samplers.PartialFixed;
using Optuna.Samplers.Tpe;

namespace Optuna.Tests.Samplers.PartialFixed;

public sealed class PartialFixedRandomContractTests : SamplerContract
{
    protected override ISampler Create() => new PartialFixedSampler([new("not asked for", 1)], new RandomSampler());
}

public sealed class PartialFixedTpeContractTests : SamplerContract
{
    protected override ISampler Create() => new PartialFixedSampler([new("q", 0.5)], new TpeSampler(new TpeOptions { StartupTrials = 5, Group = true }));
}

public sealed class PartialFixedGridContractTests : ExhaustibleContract
{
    protected override int Points => 9;

    protected override ISampler Create() => new PartialFixedSampler(
        [new("x", 3)], new GridSampler(new Dictionary<string, IReadOnlyList<object?>> { ["f"] = [0.0, 0.5, 1.0], ["c"] = ["p", "q", null] }));
}

public sealed class PartialFixedBruteForceContractTests : ExhaustibleContract
{
    protected override int Points => 15;

    protected override ISampler Create() => new PartialFixedSampler([new("c", "q")], new BruteForceSampler());
}
