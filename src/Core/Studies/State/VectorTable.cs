using System.Collections.Immutable;
using Optuna.MultiObjective;
using Optuna.Trials;

namespace Optuna.Studies.State;

/// <summary>Per step, what complete trials of a study with several objectives reported there, as losses: what the non-domination pruner compares with.</summary>
internal sealed class VectorTable
{
    private readonly Dictionary<long, List<double[]>> _steps = [];

    public IReadOnlyList<double[]> At(long step) => _steps.GetValueOrDefault(step) ?? [];

    public void Add(ImmutableArray<StudyDirection> directions, ImmutableArray<KeyValuePair<string, string>> systemAttrs)
    {
        foreach (var (key, json) in systemAttrs)
        {
            if (!VectorReports.TryReadStep(key, out var step) || VectorReports.Read(json, directions.Length) is not { } values)
                continue;
            if (!_steps.TryGetValue(step, out var reports))
                _steps.Add(step, reports = []);
            reports.Add(Losses(values, directions));
        }
    }

    /// <summary>Smaller is better, in every objective.</summary>
    public static double[] Losses(IReadOnlyList<double> values, ImmutableArray<StudyDirection> directions) =>
        [.. values.Select((v, k) => PointSet.Loss(v, directions[k]))];
}
