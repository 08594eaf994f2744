using System.Collections.Immutable;
using Optuna.Json;

namespace Optuna.Studies;

/// <summary>Names of the objectives, kept where Optuna keeps them: in a system attribute.</summary>
public static class StudyMetricNames
{
    public const string Key = "study:metric_names";

    public static ImmutableArray<string> Read(ImmutableArray<KeyValuePair<string, string>> systemAttrs)
    {
        foreach (var (key, json) in systemAttrs)
        {
            if (key == Key && PythonJson.Read(json) is List<object?> names)
                return [.. names.Select(n => n as string ?? "")];
        }

        return [];
    }

    public static string Write(ImmutableArray<string> names) => PythonJson.Write(names);
}
