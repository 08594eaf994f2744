using Optuna.Samplers;
using Optuna.Samplers.CmaEs;

namespace Optuna.Tests.Samplers.CmaEs;

public sealed class CmaEsContractTests : SamplerContract
{
    protected override ISampler Create() => new CmaEsSampler();
}

public sealed class SeparableCmaEsContractTests : SamplerContract
{
    protected override ISampler Create() => new CmaEsSampler(new CmaEsOptions { UseSeparableCma = true });
}

public sealed class MarginCmaEsContractTests : SamplerContract
{
    protected override ISampler Create() => new CmaEsSampler(new CmaEsOptions { WithMargin = true });
}

public sealed class AdaptedRatesCmaEsContractTests : SamplerContract
{
    protected override ISampler Create() => new CmaEsSampler(new CmaEsOptions { LearningRateAdaptation = true });
}

public sealed class PrunedTrialsCmaEsContractTests : SamplerContract
{
    protected override ISampler Create() => new CmaEsSampler(new CmaEsOptions { ConsiderPrunedTrials = true, PopulationSize = 2 });
}
