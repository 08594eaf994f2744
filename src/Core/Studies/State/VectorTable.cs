using Optuna.Trials;

namespace Optuna.Studies.State;

/// <summary>Per step, what complete trials of a study with several objectives reported there, as losses: what the non-domination pruner compares with.</summary>
internal sealed class VectorTable
{
    private readonly Dictionary<long, List<double[]>> _steps = [];

    public IReadOnlyList<double[]> At(long step) => _steps.GetValueOrDefault(step) ?? [];

    public void Add(IReadOnlyList<StudyDirection> directions, IEnumerable<KeyValuePair<string, string>> systemAttrs)
    {
        foreach (var (key, json) in systemAttrs)
        {
            if (!VectorReports.TryRead(key, json, directions.Count, out var step, out var values))
                continue;
            ToLosses(values, directions);
            if (!_steps.TryGetValue(step, out var reports))
                _steps.Add(step, reports = []);
            reports.Add(values);
        }
    }

    /// <summary>Smaller is better, in every objective.</summary>
    public static void ToLosses(Span<double> values, IReadOnlyList<StudyDirection> directions)
    {
        for (var k = 0; k < values.Length; k++)
        {
            if (directions[k] == StudyDirection.Maximize)
                values[k] = -values[k];
        }
    }
}
