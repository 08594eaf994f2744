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

/// <summary>TRIAL of docs/http-api.md.</summary>
internal static class TrialJson
{
    private static readonly string[] s_states = [.. Enum.GetValues<TrialState>().Order().Select(s => s.ToString().ToLowerInvariant())];

    public static void Trial(this Utf8JsonWriter json, StudyReading reading, FrozenTrial trial, TrialParts parts) =>
        json.Trial(reading.Notes, trial.State == TrialState.Running ? reading.LeaseOf(trial.Number) : null, trial, parts);

    /// <param name="lease">Null for a trial that nobody holds.</param>
    public static void Trial(this Utf8JsonWriter json, StudyNotes notes, TrialLease? lease, FrozenTrial trial, TrialParts parts)
    {
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
        // A storage client's trial has a lease of its own: the trial says whose it is, and the lease only where an older node said nothing of it.
        json.WriteString("worker", trial.Worker ?? (lease is { Worker.Value: { Length: > 0 } holder } ? holder : null));
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
        json.WriteString("note", notes.Of(trial.Number));
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

    public static string Name(TrialState state) => s_states[(int)state];
}
