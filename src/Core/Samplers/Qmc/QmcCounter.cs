using System.Security.Cryptography;
using System.Text;
using Optuna.Distributions;
using Optuna.Json;
using Optuna.SearchSpaces;

namespace Optuna.Samplers.Qmc;

/// <summary>Where a study keeps which point of a sequence was taken last: a system attribute named as Optuna names it.</summary>
internal static class QmcCounter
{
    /// <summary>The attribute's name: one per sequence, scramble and space.</summary>
    /// <param name="space">With parameters of one value: they have a coordinate too.</param>
    internal static string Key(QmcOptions options, ulong seed, SearchSpace space)
    {
        var parts = new List<KeyValuePair<string, object?>>
        {
            new("qmc_type", options.Type == QmcType.Sobol ? "sobol" : "halton"),
            new("search_space", space.Params.Select(p => KeyValuePair.Create<string, object?>(p.Key, DistributionRepr.Of(p.Value))).ToList()),
            new("scramble", options.Scramble),
        };
        if (options.Scramble)
            parts.Add(new("seed", seed));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(PythonJson.Write(parts)));
        return $"qmc:{Convert.ToHexStringLower(hash)}";
    }

    /// <summary>The next point's index, from the attribute's text; null before the first.</summary>
    internal static long Next(string? last) =>
        last is not null && PythonJson.Read(last) is long index and >= 0 ? index + 1 : 0;
}
