using System.Collections.Immutable;
using System.Text.Json;
using Optuna.Distributions;
using Optuna.Importance;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Tests.Importance;

/// <summary>A study and what Optuna says of its parameters; see Recorded/README.md.</summary>
internal sealed class RecordedStudy
{
    private static readonly Lazy<IReadOnlyList<RecordedStudy>> s_all = new(() =>
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Importance", "Recorded", "importances.json"));
        using var json = JsonDocument.Parse(file);
        return [.. json.RootElement.EnumerateArray().Select(e => new RecordedStudy(e.Clone()))];
    });

    private readonly JsonElement _json;

    private RecordedStudy(JsonElement json)
    {
        _json = json;
        var distributions = json.GetProperty("distributions").EnumerateArray()
            .Select(d => (Name: d[0].GetString()!, Distribution: DistributionJson.Read(d[1].GetRawText()))).ToArray();
        Trials = [.. json.GetProperty("trials").EnumerateArray().Select(t => new FrozenTrial
        {
            State = TrialState.Complete,
            DatetimeStart = DateTime.UnixEpoch,
            DatetimeComplete = DateTime.UnixEpoch,
            Values = [.. t[0].EnumerateArray().Select(v => v.GetDouble())],
            ParamList = [.. t[1].EnumerateArray().Select(p =>
                new TrialParam(distributions[p[0].GetInt32()].Name, distributions[p[0].GetInt32()].Distribution, p[1].GetDouble()))],
        })];
    }

    public static IReadOnlyList<RecordedStudy> All => s_all.Value;

    public string Name => _json.GetProperty("name").GetString()!;

    public ImmutableArray<FrozenTrial> Trials { get; }

    public static RecordedStudy Of(string name) => All.Single(s => s.Name == name);

    public Study Create()
    {
        var directions = _json.GetProperty("directions").EnumerateArray()
            .Select(d => d.GetString() == "minimize" ? StudyDirection.Minimize : StudyDirection.Maximize).ToArray();
        var study = Study.Create(directions: directions, sampler: new Optuna.Samplers.RandomSampler(), seed: 1);
        study.AddTrials(Trials);
        return study;
    }

    public IEnumerable<(PedAnovaOptions Options, Func<FrozenTrial, double>? Target, IReadOnlyDictionary<string, double> Importances)> PedAnova =>
        _json.GetProperty("ped_anova").EnumerateArray().Select(e => (
            Options(e.GetProperty("options")),
            e.GetProperty("target").ValueKind == JsonValueKind.Null ? (Func<FrozenTrial, double>?)null : t => t.Values[0],
            Numbers(e.GetProperty("importances"))));

    /// <summary>Mean and standard deviation of one forest's importances over Optuna's seeds.</summary>
    public (int Seeds, IReadOnlyDictionary<string, double> Mean, IReadOnlyDictionary<string, double> Deviation)? Forest(string evaluator) =>
        _json.GetProperty("forest").TryGetProperty(evaluator, out var e)
            ? (e.GetProperty("seeds").GetInt32(), Numbers(e.GetProperty("mean")), Numbers(e.GetProperty("std")))
            : null;

    public override string ToString() => Name;

    private static PedAnovaOptions Options(JsonElement e)
    {
        var options = new PedAnovaOptions();
        foreach (var o in e.EnumerateObject())
        {
            options = o.Name switch
            {
                "target_quantile" => options with { TargetQuantile = o.Value.GetDouble() },
                "region_quantile" => options with { RegionQuantile = o.Value.GetDouble() },
                _ => options with { EvaluateOnLocal = o.Value.GetBoolean() },
            };
        }

        return options;
    }

    private static IReadOnlyDictionary<string, double> Numbers(JsonElement e) => e.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetDouble());
}
