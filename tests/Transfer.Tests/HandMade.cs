using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Optuna.Cli.Transfer;
using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Tests;

/// <summary>Small stores that are made, and broken, by hand.</summary>
internal static class HandMade
{
    public static readonly DateTime Noon = new(2026, 1, 2, 12, 0, 0, 500, DateTimeKind.Utc);

    public static ForeignStudy Study(string name = "s", int trials = 0, params StudyDirection[] directions) => new(
        0, name, directions.Length == 0 ? [StudyDirection.Minimize] : [.. directions], [KeyValuePair.Create("u", "1")], [KeyValuePair.Create("y", "[2]")], trials);

    /// <summary>A complete trial, a running and a waiting one.</summary>
    public static ImmutableArray<FrozenTrial> Trials { get; } =
    [
        new()
        {
            Number = 0, State = TrialState.Complete, Values = [0.25], DatetimeStart = Noon, DatetimeComplete = Noon.AddSeconds(1),
            ParamList = [new("x", new FloatDistribution(0, 1), 0.5), new("c", new CategoricalDistribution("a", "b"), 1)],
            UserAttrs = [KeyValuePair.Create("note", "\"ü\"")], SystemAttrs = [KeyValuePair.Create("deep", "{\"a\":  [1,2]}")],
            IntermediateValues = ImmutableSortedDictionary<long, double>.Empty.Add(3, double.NaN).Add(9, 1),
        },
        new() { Number = 1, State = TrialState.Running, DatetimeStart = Noon, ParamList = [new("x", new FloatDistribution(0, 1), 0.75)] },
        new() { Number = 2, State = TrialState.Waiting },
    ];

    /// <summary>A store with one study, <c>s</c>, of <see cref="Trials"/>.</summary>
    public static async Task<string> StoreAsync(string url, IEnumerable<FrozenTrial>? trials = null)
    {
        await using var target = await ForeignStores.OpenTargetAsync("--to", url, null, null, default);
        await target.WriteAsync(Study(), Stream(trials ?? Trials), default);
        await target.CommitAsync(default);
        return url;
    }

    public static async IAsyncEnumerable<FrozenTrial> Stream(IEnumerable<FrozenTrial> trials)
    {
        await Task.Yield();
        foreach (var trial in trials)
            yield return trial;
    }

    public static async Task ExecuteAsync(string url, string sql)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = url["sqlite:///".Length..], ForeignKeys = false, Pooling = false,
        }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>All an import reads before it makes anything.</summary>
    public static async Task<IReadOnlyList<ForeignStudy>> CheckAsync(string url)
    {
        await using var source = await ForeignStores.OpenSourceAsync("--from", url, null, default);
        return await Importer.CheckAsync(source, null, false, default);
    }

    public static async Task<string> RefusalAsync(string url) =>
        (await Assert.ThrowsAnyAsync<OptunaException>(() => CheckAsync(url))).Message;

    public static async Task<(IReadOnlyList<ForeignStudy> Studies, IReadOnlyList<string> Notes, string[] Lines)> ReadAsync(string url)
    {
        await using var source = await ForeignStores.OpenSourceAsync("--from", url, null, default);
        var lines = new List<string>();
        foreach (var study in source.Studies.OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            lines.Add(Seen.Line(study.Name, study.Directions, study.UserAttrs, study.SystemAttrs));
            await foreach (var trial in source.TrialsAsync(study, default))
                lines.Add(Seen.Line(trial));
        }

        return (source.Studies, source.Notes, [.. lines]);
    }
}
