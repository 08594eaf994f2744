namespace Optuna.Distributions;

/// <summary>Optuna's JSON form of a distribution.</summary>
public static class DistributionJson
{
    public static string Write(Distribution distribution) => distribution.GetType().Name;
}
