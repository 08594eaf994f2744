using Optuna.Distributions;

namespace Optuna.Cli.Transfer;

/// <summary>Distributions as stores spell them.</summary>
internal static class DistributionText
{
    /// <exception cref="ArgumentException">Not a distribution; the message says why.</exception>
    public static Distribution Read(string text) => DistributionJson.Read(text);

    public static string Of(Distribution distribution) => DistributionJson.Write(distribution);
}
