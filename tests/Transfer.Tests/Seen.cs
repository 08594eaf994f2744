using System.Globalization;
using Optuna.Cluster.Client;
using Optuna.Distributions;
using Optuna.Json;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Tests;

/// <summary>Our studies in the words of <c>python/dump.py</c>, so that both sides can be compared line by line.</summary>
internal static class Seen
{
    public static async Task<string[]> ByUsAsync(OptunaClient client)
    {
        var lines = new List<string>();
        foreach (var study in (await client.GetStudiesAsync()).OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            lines.Add(Line(study.Name, study.Directions, study.UserAttrs, study.SystemAttrs));
            lines.AddRange((await (await client.LoadStudyAsync(study.Name)).GetTrialsAsync()).Select(t => Line(t)));
        }

        return [.. lines];
    }

    public static string Line(
        string name, IEnumerable<StudyDirection> directions, IEnumerable<KeyValuePair<string, string>> userAttrs,
        IEnumerable<KeyValuePair<string, string>> systemAttrs) => PythonJson.Write(
            new object?[] { name, directions.Select(d => d.ToString().ToUpperInvariant()), Attrs(userAttrs), Attrs(systemAttrs) });

    public static string Line(FrozenTrial t) => PythonJson.Write(new object?[]
    {
        t.Number,
        t.State.ToString().ToUpperInvariant(),
        t.Values,
        Moment(t.DatetimeStart),
        Moment(t.DatetimeComplete),
        t.ParamList.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => new object?[] { p.Name, p.Value, DistributionJson.TextOf(p.Distribution) }),
        Attrs(t.UserAttrs),
        Attrs(t.SystemAttrs),
        t.IntermediateValues.Select(r => new object?[] { r.Key, r.Value }),
    });

    private static IEnumerable<object?> Attrs(IEnumerable<KeyValuePair<string, string>> attrs) =>
        attrs.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => new object?[] { a.Key, a.Value });

    private static string? Moment(DateTime? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
