using Optuna.Distributions;

namespace Optuna.Cli.Transfer;

/// <summary>How a distribution is written into a store of Optuna's.</summary>
internal static class ExportedDistribution
{
    private static readonly string[] s_replaced =
        ["\"UniformDistribution\"", "\"LogUniformDistribution\"", "\"DiscreteUniformDistribution\"", "\"IntUniformDistribution\"", "\"IntLogUniformDistribution\""];

    /// <summary>
    /// The text it came with, but the classes of Optuna 2 become those that replaced them, as Optuna's own upgrade of a store does:
    /// Optuna 3 lets nobody go on with a parameter of the old ones.
    /// </summary>
    public static string TextOf(Distribution distribution)
    {
        var text = DistributionJson.TextOf(distribution);
        return distribution is not CategoricalDistribution && s_replaced.Any(n => text.Contains(n, StringComparison.Ordinal))
            ? DistributionJson.Write(distribution)
            : text;
    }
}
