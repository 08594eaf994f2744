using Optuna.Samplers;
using Optuna.Samplers.Gp;

namespace Optuna.Tests.Samplers.Gp;

public sealed class GpContractTests : SamplerContract
{
    protected override ISampler Create() => new GpSampler();
}

public sealed class DeterministicGpContractTests : SamplerContract
{
    protected override ISampler Create() => new GpSampler(new GpOptions { StartupTrials = 1, DeterministicObjective = true });
}
