using System.Text.Json;
using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>How much of a trial is told.</summary>
[Flags]
internal enum TrialParts
{
    None = 0,
    Reports = 1,
    Distributions = 2,
    Lease = 4,
}

/// <summary>TRIAL and columns of docs/http-api.md.</summary>
internal static class TrialJson
{
    public static void Trial(this Utf8JsonWriter json, StudyReading reading, FrozenTrial trial, TrialParts parts)
    {
        var lease = trial.State == TrialState.Running ? reading.LeaseOf(trial.Number) : null;
        json.WriteStartObject();
        json.WriteNumber("number", trial.Number);
        json.WriteString("state", Name(trial.State));
        json.WritePropertyName("values");
        json.Values(trial);
        json.WriteStartObject("params");
        foreach (var (name, value) in trial.Params)
        {
            json.WritePropertyName(name);
            json.Value(value);
        }

        json.WriteEndObject();
        json.Time("start", trial.DatetimeStart);
        json.Time("complete", trial.DatetimeComplete);
        json.WritePropertyName("duration");
        json.Seconds(trial.Duration);
        if (lease is { Worker.Value: { Length: > 0 } worker })
            json.WriteString("worker", worker);
        else
            json.WriteNull("worker");
        json.Attrs("user_attrs", trial.UserAttrs);
        json.Attrs("system_attrs", trial.SystemAttrs);
        var constraints = trial.Constraints;
        if (constraints.Count > 0)
        {
            json.WriteStartArray("constraints");
            foreach (var value in constraints.Values)
                json.Number(value);
            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("constraints");
        }

        json.WriteBoolean("feasible", IsFeasible(trial));
        json.WriteString("note", reading.Notes.Of(trial.Number));
        if (parts.HasFlag(TrialParts.Reports))
        {
            json.WriteStartArray("intermediate_values");
            foreach (var (step, value) in trial.IntermediateValues)
            {
                json.WriteStartArray();
                json.WriteNumberValue(step);
                json.Number(value);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        if (parts.HasFlag(TrialParts.Distributions))
        {
            json.WriteStartObject("distributions");
            foreach (var (name, distribution) in trial.Distributions)
            {
                json.WritePropertyName(name);
                json.Distribution(distribution);
            }

            json.WriteEndObject();
        }

        if (parts.HasFlag(TrialParts.Lease) && lease is not null)
        {
            json.WriteStartObject("lease");
            json.Holder(lease);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Members of an object: who holds a trial, by which token, for how long.</summary>
    public static void Holder(this Utf8JsonWriter json, TrialLease lease)
    {
        json.WriteString("worker", lease.Worker.Value ?? "");
        json.WriteNumber("token", lease.Token);
        json.WritePropertyName("expires_in");
        json.Seconds(lease.Left);
    }

    public static void Distribution(this Utf8JsonWriter json, Distribution distribution) =>
        json.Value(Optuna.Json.PythonJson.Read(DistributionJson.TextOf(distribution)));

    public static void Values(this Utf8JsonWriter json, FrozenTrial trial)
    {
        if (trial.Values.IsEmpty)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartArray();
        foreach (var value in trial.Values)
            json.Number(value);
        json.WriteEndArray();
    }

    public static void Seconds(this Utf8JsonWriter json, TimeSpan? span)
    {
        if (span is { } s)
            json.WriteNumberValue(s.TotalSeconds);
        else
            json.WriteNullValue();
    }

    /// <summary>Every constraint is at most 0, or there is none.</summary>
    public static bool IsFeasible(FrozenTrial trial) => !(TrialConstraints.Violation(trial.SystemAttrs) > 0);

    public static string Name(TrialState state) => state.ToString().ToLowerInvariant();

    /// <summary>The trials as columns, each as long as the first.</summary>
    /// <param name="params">Names; null for every one that a trial has, in the order they are met.</param>
    public static void Columns(this Utf8JsonWriter json, StudyReading reading, IReadOnlyList<FrozenTrial> trials, IReadOnlyList<string>? @params)
    {
        json.WriteStartObject();
        json.WriteNumber("version", reading.Position.Version);
        Column("number", t => json.WriteNumberValue(t.Number));
        Column("state", t => json.WriteStringValue(Name(t.State)));
        json.WriteStartArray("values");
        for (var k = 0; k < reading.Summary.Directions.Length; k++)
        {
            json.WriteStartArray();
            foreach (var trial in trials)
            {
                if (k < trial.Values.Length)
                    json.Number(trial.Values[k]);
                else
                    json.WriteNullValue();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        Column("start", t =>
        {
            if (t.DatetimeStart is { } start)
                json.WriteNumberValue(new DateTimeOffset(start).ToUnixTimeMilliseconds());
            else
                json.WriteNullValue();
        });
        Column("duration", t => json.Seconds(t.Duration));
        Column("feasible", t => json.WriteBooleanValue(IsFeasible(t)));
        json.WriteStartObject("params");
        foreach (var name in @params ?? [.. trials.SelectMany(t => t.ParamList).Select(p => p.Name).Distinct()])
            Column(name, t => json.Value(t.FindParam(name)?.External));

        json.WriteEndObject();
        json.WriteEndObject();

        void Column(string name, Action<FrozenTrial> write)
        {
            json.WriteStartArray(name);
            foreach (var trial in trials)
                write(trial);
            json.WriteEndArray();
        }
    }
}
