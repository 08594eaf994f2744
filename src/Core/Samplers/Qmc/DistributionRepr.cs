using System.Globalization;
using System.Numerics;
using Optuna.Distributions;
using Optuna.Json;

namespace Optuna.Samplers.Qmc;

/// <summary>Distributions as Python prints them: part of the name under which Optuna counts the points of a sequence.</summary>
internal static class DistributionRepr
{
    internal static string Of(Distribution distribution) => distribution switch
    {
        FloatDistribution d =>
            $"FloatDistribution(high={PythonRepr.Of(d.High)}, log={PythonRepr.Of(d.Log)}, low={PythonRepr.Of(d.Low)}, step={(d.Step is { } step ? PythonRepr.Of(step) : "None")})",
        IntDistribution d => string.Create(
            CultureInfo.InvariantCulture, $"IntDistribution(high={d.High}, log={PythonRepr.Of(d.Log)}, low={d.Low}, step={d.Step})"),
        CategoricalDistribution d => $"CategoricalDistribution(choices=({string.Join(", ", d.Choices.Select(Choice))}{(d.Choices.Length == 1 ? "," : "")}))",
        _ => throw new ArgumentException($"{distribution} is of no known kind."),
    };

    private static string Choice(object? choice) => choice switch
    {
        null => "None",
        bool b => PythonRepr.Of(b),
        long l => l.ToString(CultureInfo.InvariantCulture),
        BigInteger b => b.ToString(CultureInfo.InvariantCulture),
        double d => PythonRepr.Of(d),
        string s => PythonRepr.Of(s),
        _ => choice.ToString()!,
    };
}
