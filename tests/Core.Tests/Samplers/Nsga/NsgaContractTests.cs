using Optuna.Samplers;
using Optuna.Samplers.Nsga;
using Optuna.Samplers.Nsga.Crossovers;
using Optuna.Samplers.Nsga.Mutations;

namespace Optuna.Tests.Samplers.Nsga;

public sealed class NsgaIIContractTests : SamplerContract
{
    protected override ISampler Create() => new NsgaIISampler(new NsgaOptions { PopulationSize = 6 });
}

public sealed class NsgaIIIContractTests : SamplerContract
{
    protected override ISampler Create() => new NsgaIIISampler(new NsgaIIIOptions { PopulationSize = 6, Mutation = new PolynomialMutation() });
}

public sealed class SbxContractTests : SamplerContract
{
    protected override ISampler Create() => new NsgaIISampler(new NsgaOptions { PopulationSize = 6, Crossover = new SbxCrossover(), Mutation = new PolynomialMutation(5), MutationProb = 0.5 });
}

public sealed class VsbxContractTests : SamplerContract
{
    protected override ISampler Create() => new NsgaIISampler(new NsgaOptions { PopulationSize = 6, Crossover = new VsbxCrossover() });
}

public sealed class BlxAlphaContractTests : SamplerContract
{
    protected override ISampler Create() => new NsgaIISampler(new NsgaOptions { PopulationSize = 6, Crossover = new BlxAlphaCrossover() });
}

public sealed class SpxContractTests : SamplerContract
{
    protected override ISampler Create() => new NsgaIISampler(new NsgaOptions { PopulationSize = 6, Crossover = new SpxCrossover() });
}

public sealed class UndxContractTests : SamplerContract
{
    protected override ISampler Create() => new NsgaIISampler(new NsgaOptions { PopulationSize = 6, Crossover = new UndxCrossover() });
}
