using System.Globalization;
using System.Text.Json;
using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Trials;
using Optuna.Visualization;

namespace Optuna.Tests;

/// <summary>A study that Optuna had, made again from what record.py wrote, and the figures Optuna drew of it.</summary>
internal sealed record RecordedStudy(PlotStudy Study, JsonElement Figures)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Recorded");

    internal static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal);

    internal static RecordedStudy Read(string name)
    {
        var root = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json"))).RootElement;
        var study = Optuna.Study.Create(
            root.GetProperty("name").GetString(),
            directions: [.. root.GetProperty("directions").EnumerateArray().Select(d => Enum.Parse<StudyDirection>(d.GetString()!, ignoreCase: true))], seed: 1);
        if (root.GetProperty("metric_names") is { ValueKind: JsonValueKind.Array } names)
            study.SetMetricNames([.. names.EnumerateArray().Select(n => n.GetString()!)]);
        study.AddTrials(root.GetProperty("trials").EnumerateArray().Select(Trial));
        return new RecordedStudy(study, root.GetProperty("figures"));
    }

    private static FrozenTrial Trial(JsonElement t) => new()
    {
        State = Enum.Parse<TrialState>(t.GetProperty("state").GetString()!, ignoreCase: true),
        Values = t.GetProperty("values") is { ValueKind: JsonValueKind.Array } values ? [.. values.EnumerateArray().Select(Number)] : [],
        ParamList = [.. t.GetProperty("params").EnumerateArray().Select(Param)],
        UserAttrs = [.. Attrs(t.GetProperty("user_attrs"))],
        SystemAttrs = [.. Attrs(t.GetProperty("system_attrs"))],
        IntermediateValues = System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(
            t.GetProperty("reports").EnumerateArray().Select(r => KeyValuePair.Create(r[0].GetInt64(), Number(r[1])))),
        DatetimeStart = Time(t.GetProperty("start")),
        DatetimeComplete = Time(t.GetProperty("complete")),
    };

    private static TrialParam Param(JsonElement p)
    {
        var distribution = DistributionJson.Read(p[2].GetString()!);
        return new TrialParam(p[0].GetString()!, distribution, distribution.ToInternal(p[1].ValueKind switch
        {
            JsonValueKind.String => p[1].GetString(),
            JsonValueKind.Null => null,
            _ => p[1].GetDouble(),
        }));
    }

    // Infinities and NaN are not JSON; record.py writes them as texts.
    private static double Number(JsonElement e) => e.ValueKind == JsonValueKind.String
        ? e.GetString() switch { "inf" => double.PositiveInfinity, "-inf" => double.NegativeInfinity, _ => double.NaN }
        : e.GetDouble();

    private static IEnumerable<KeyValuePair<string, string>> Attrs(JsonElement map) => map.EnumerateObject().Select(a => KeyValuePair.Create(a.Name, a.Value.GetRawText()));

    private static DateTime? Time(JsonElement e) => e.ValueKind == JsonValueKind.Null
        ? null
        : DateTime.Parse(e.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
