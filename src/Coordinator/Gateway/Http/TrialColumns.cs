using System.IO.Pipelines;
using System.Text.Json;
using Optuna.Trials;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>Trials as columns of docs/http-api.md, each as long as the first; sent column by column, for all of a long study are many megabytes.</summary>
internal sealed class TrialColumns(PipeWriter to, StudyReading reading, IReadOnlyList<FrozenTrial> trials, CancellationToken cancel) : IDisposable
{
    /// <summary>The columns there are beside the trial's number and its parameters.</summary>
    public static readonly IReadOnlyList<string> Fields = ["state", "values", "start", "duration", "feasible"];

    private readonly Utf8JsonWriter _json = new(to);

    /// <param name="fields">Which of <see cref="Fields"/>.</param>
    /// <param name="names">Of parameters; null for every one that a trial has.</param>
    public async Task WriteAsync(IReadOnlyList<string> fields, IReadOnlyList<string>? names)
    {
        _json.WriteStartObject();
        _json.WriteNumber("version", reading.Position.Version);
        await ColumnAsync("number", t => _json.WriteNumberValue(t.Number)).ConfigureAwait(false);
        foreach (var field in fields.Distinct())
            await FieldAsync(field).ConfigureAwait(false);
        _json.WriteStartObject("params");
        foreach (var name in names ?? reading.Space.Keys)
            await ColumnAsync(name, t => _json.Value(t.FindParam(name)?.External)).ConfigureAwait(false);
        _json.WriteEndObject();
        _json.WriteEndObject();
        await FlushAsync().ConfigureAwait(false);
    }

    public void Dispose() => _json.Dispose();

    private Task FieldAsync(string field) => field switch
    {
        "state" => ColumnAsync(field, t => _json.WriteStringValue(TrialJson.Name(t.State))),
        "values" => ValuesAsync(),
        "start" => ColumnAsync(field, Start),
        "duration" => ColumnAsync(field, t => _json.Seconds(t.Duration)),
        "feasible" => ColumnAsync(field, t => _json.WriteBooleanValue(TrialJson.IsFeasible(t))),
        _ => throw new ArgumentException($"There is no column '{field}'.", nameof(field)),
    };

    private async Task ValuesAsync()
    {
        _json.WriteStartArray("values");
        for (var k = 0; k < reading.Summary.Directions.Length; k++)
            await ColumnAsync(null, t => Value(t, k)).ConfigureAwait(false);
        _json.WriteEndArray();
    }

    private async Task ColumnAsync(string? name, Action<FrozenTrial> write)
    {
        if (name is null)
            _json.WriteStartArray();
        else
            _json.WriteStartArray(name);
        foreach (var trial in trials)
            write(trial);
        _json.WriteEndArray();
        await FlushAsync().ConfigureAwait(false);
    }

    private async Task FlushAsync()
    {
        await _json.FlushAsync(cancel).ConfigureAwait(false);
        await to.FlushAsync(cancel).ConfigureAwait(false);
    }

    private void Value(FrozenTrial trial, int objective)
    {
        if (objective < trial.Values.Length)
            _json.Number(trial.Values[objective]);
        else
            _json.WriteNullValue();
    }

    private void Start(FrozenTrial trial)
    {
        if (trial.DatetimeStart is { } start)
            _json.WriteNumberValue(new DateTimeOffset(start).ToUnixTimeMilliseconds());
        else
            _json.WriteNullValue();
    }
}
