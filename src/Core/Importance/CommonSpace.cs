using Optuna.Distributions;

namespace Optuna.Importance;

/// <summary>What evaluators that need one joint space look at: its parameters, and the trials that lie in it.</summary>
/// <param name="Params">Sorted by name.</param>
/// <param name="Rows">Trials that have them all and a finite value.</param>
/// <param name="Values">By the same order as <paramref name="Rows"/>.</param>
internal sealed record CommonSpace(IReadOnlyList<KeyValuePair<string, Distribution>> Params, int[] Rows, double[] Values)
{
    /// <exception cref="ArgumentException">Several objectives and no target; or no trial has all these parameters; or their distributions change.</exception>
    public static CommonSpace Of(CompletedTrials trials, IReadOnlyList<string>? names)
    {
        if (trials.Target is null && trials.Directions.Length > 1)
            throw new ArgumentException("A study with several objectives needs a 'target', for instance 't => t.Values[0]' for the first objective.");
        var space = names is null
            ? trials.Names.Select(n => KeyValuePair.Create(n, trials.Param(n)!.Common!)).Where(p => p.Value is not null).ToList()
            : Named(trials, names);
        var values = trials.Target ?? trials.Values(0);
        var columns = space.Select(p => trials.Param(p.Key)!).ToArray();
        var rows = new List<int>(trials.Count);
        for (var row = 0; row < trials.Count; row++)
        {
            if (double.IsFinite(values[row]) && Has(columns, row))
                rows.Add(row);
        }

        var found = new double[rows.Count];
        for (var i = 0; i < found.Length; i++)
            found[i] = values[rows[i]];
        return new CommonSpace(space, [.. rows], found);
    }

    private static List<KeyValuePair<string, Distribution>> Named(CompletedTrials trials, IReadOnlyList<string> names)
    {
        var columns = names.Select(trials.Param).ToArray();
        int? first = null;
        for (var row = 0; row < trials.Count; row++)
        {
            if (!Has(columns, row))
                continue;
            first ??= row;
            var changed = Array.FindIndex(columns, c => c!.RegimeOf[row] != c.RegimeOf[first.Value]);
            if (changed >= 0)
            {
                throw new ArgumentException(
                    $"Importances of given 'params' cannot be assessed in a dynamic search space: '{names[changed]}' had different distributions.");
            }
        }

        if (names.Count == 0)
            return [];
        if (first is not { } found)
            throw new ArgumentException($"No complete trial has all of the 'params' {string.Join(", ", names.Select(n => $"'{n}'"))}.");
        return [.. columns.Select(c => KeyValuePair.Create(c!.Name, c.Regimes[c.RegimeOf[found]])).OrderBy(p => p.Key, StringComparer.Ordinal)];
    }

    private static bool Has(ParamRows?[] columns, int row) => Array.TrueForAll(columns, c => c is not null && c.RegimeOf[row] >= 0);
}
