using Optuna.Samplers;
using Optuna.Samplers.Tpe;

namespace Optuna.Tests.Samplers.Tpe;

public sealed class TpeContractTests : SamplerContract
{
    protected override ISampler Create() => new TpeSampler();
}

public sealed class UnivariateTpeContractTests : SamplerContract
{
    protected override ISampler Create() => new TpeSampler(new TpeOptions { Multivariate = false });
}

public sealed class GroupTpeContractTests : SamplerContract
{
    protected override ISampler Create() => new TpeSampler(new TpeOptions { Group = true, StartupTrials = 3 });
}
