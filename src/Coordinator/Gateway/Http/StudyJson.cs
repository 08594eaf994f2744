using System.Text.Json;
using Optuna.Studies;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>STUDY of docs/http-api.md.</summary>
internal static class StudyJson
{
    /// <param name="version">Null leaves out what counts or dates changes: two texts are equal then if nothing of the study itself is different.</param>
    public static void Study(this Utf8JsonWriter json, StudySummary study, StudyNotes notes, long? version)
    {
        json.WriteStartObject();
        json.WriteNumber("id", study.Id.Value);
        json.WriteString("name", study.Name);
        json.WriteStartArray("directions");
        foreach (var direction in study.Directions)
            json.WriteStringValue(Name(direction));
        json.WriteEndArray();
        if (study.MetricNames is { IsEmpty: false } names)
        {
            json.WriteStartArray("metric_names");
            foreach (var name in names)
                json.WriteStringValue(name);
            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("metric_names");
        }

        json.WriteString("mode", Name(study.Mode));
        if (study.Budget is { } budget)
            json.WriteNumber("budget", budget);
        else
            json.WriteNull("budget");
        var counts = study.Counts;
        json.WriteStartObject("counts");
        json.WriteNumber("running", counts.Running);
        json.WriteNumber("waiting", counts.Waiting);
        json.WriteNumber("complete", counts.Complete);
        json.WriteNumber("pruned", counts.Pruned);
        json.WriteNumber("fail", counts.Fail);
        json.WriteEndObject();
        json.WriteNumber("n_trials", counts.Total);
        if (study.BestFeasible is { } best)
        {
            json.WriteStartObject("best_trial");
            json.WriteNumber("number", best.Number);
            json.WriteStartArray("values");
            json.Number(best.Value);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("best_trial");
        }

        json.Time("created", study.CreatedAt);
        if (version is not null)
            json.Time("updated", study.UpdatedAt);
        json.WriteString("sampler", study.Sampler.Name);
        json.WriteString("pruner", study.Pruner.Name);
        json.Attrs("user_attrs", study.UserAttrs);
        json.Attrs("system_attrs", study.SystemAttrs.Where(a => !StudyNotes.IsNote(study.Id, a.Key)));
        json.WriteString("note", notes.OfStudy);
        if (version is { } v)
            json.WriteNumber("version", v);
        json.WriteEndObject();
    }

    public static string Name(StudyDirection direction) => direction == StudyDirection.Minimize ? "minimize" : "maximize";

    public static string Name(StudyMode mode) => mode.ToString().ToLowerInvariant();
}
