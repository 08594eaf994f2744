using Optuna.Samplers;
using Optuna.Samplers.Qmc;

namespace Optuna.Tests.Samplers.Qmc;

public sealed class SobolContractTests : SamplerContract
{
    protected override ISampler Create() => new QmcSampler();
}

public sealed class ScrambledSobolContractTests : SamplerContract
{
    protected override ISampler Create() => new QmcSampler(new QmcOptions { Scramble = true });
}

public sealed class HaltonContractTests : SamplerContract
{
    protected override ISampler Create() => new QmcSampler(new QmcOptions { Type = QmcType.Halton });
}

public sealed class ScrambledHaltonContractTests : SamplerContract
{
    protected override ISampler Create() => new QmcSampler(new QmcOptions { Type = QmcType.Halton, Scramble = true });
}
