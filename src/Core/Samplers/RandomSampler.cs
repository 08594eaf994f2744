using Optuna.Distributions;
using Optuna.Numerics;
using Optuna.SearchSpaces;

namespace Optuna.Samplers;

/// <summary>Draws every parameter uniformly (in the logarithm when log), whatever was seen.</summary>
public sealed class RandomSampler : ISampler
{
    public double SampleIndependent(SamplingContext context, string name, Distribution distribution) =>
        Uniform(distribution, context.Random.Own);

    /// <summary>One uniform draw; Optuna draws a number per categorical choice and takes the largest.</summary>
    internal static double Uniform(Distribution distribution, RandomState random)
    {
        if (distribution is not CategoricalDistribution categorical)
        {
            var (low, high) = NumericTransform.Bounds(distribution);
            return NumericTransform.Untransform(distribution, random.Uniform(low, high));
        }

        var (best, largest) = (0, double.NegativeInfinity);
        for (var i = 0; i < categorical.Choices.Length; i++)
        {
            var u = random.NextDouble();
            if (u > largest)
                (best, largest) = (i, u);
        }

        return best;
    }
}
