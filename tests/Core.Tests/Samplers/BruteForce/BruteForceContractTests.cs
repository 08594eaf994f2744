using Optuna.Distributions;
using Optuna.Samplers;
using Optuna.Samplers.BruteForce;
using Optuna.Trials;

namespace Optuna.Tests.Samplers.BruteForce;

public sealed class BruteForceContractTests : ExhaustibleContract
{
    protected override ISampler Create() => new BruteForceSampler();
}

/// <summary>The same in a space where parameters and their ranges depend on those before.</summary>
public sealed class ConditionalBruteForceContractTests : ExhaustibleContract
{
    protected override ISampler Create() => new BruteForceSampler();

    // 5 below 0; 3 · 4 below 1; nothing below 2; 1 + 2 + 3 below 3.
    protected override int Points => 24;

    protected override (string Name, Distribution Distribution)? Next(IReadOnlyList<TrialParam> had)
    {
        if (had.Count == 0)
            return ("a", new IntDistribution(0, 3));
        return ((int)had[0].Value, had.Count) switch
        {
            (0, 1) => ("b", new FloatDistribution(-1, 1, step: 0.5)),
            (1, 1) => ("c", new CategoricalDistribution("x", "y", double.NaN)),
            (1, 2) => ("n", new IntDistribution(1, 4, log: true)),
            (3, 1) => ("m", new IntDistribution(1, 3)),
            (3, 2) => ("k", new IntDistribution(1, (long)had[1].Value)),
            _ => null,
        };
    }
}
