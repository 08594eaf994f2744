using Optuna.Distributions;
using Optuna.Trials;

namespace Optuna.Tests.Browser;

/// <summary>Finished trials to look at, the same each time.</summary>
internal static class Samples
{
    private static readonly Dictionary<string, Distribution> s_space = new()
    {
        ["x"] = new FloatDistribution(-5, 5), ["rate"] = new FloatDistribution(1e-5, 1, log: true), ["kind"] = new CategoricalDistribution(["adam", "sgd"]), ["layers"] = new IntDistribution(1, 8),
    };

    public static IEnumerable<FrozenTrial> Trials(int count, int objectives)
    {
        var chance = new Random(7);
        for (var i = 0; i < count; i++)
        {
            var x = 1 + (((10 * chance.NextDouble()) - 6) * Math.Max(0.2, 1 - (i / 50.0)));
            var layers = chance.Next(1, 9);
            var value = ((x - 1) * (x - 1)) + chance.NextDouble();
            yield return FrozenTrial.Create(
                TrialState.Complete, values: objectives == 1 ? [value] : [value, layers + chance.NextDouble()],
                parameters: new Dictionary<string, object?> { ["x"] = x, ["rate"] = Math.Pow(10, -5 * chance.NextDouble()), ["kind"] = chance.Next(2) == 0 ? "adam" : "sgd", ["layers"] = (long)layers },
                distributions: s_space, intermediateValues: new Dictionary<long, double> { [0] = value + 2, [1] = value + 1, [2] = value });
        }
    }
}
