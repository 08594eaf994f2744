using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Optuna.Coordinator.Storage;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Cli.Transfer.Rdb;

/// <summary>Optuna's tables, read in one transaction: the studies at once, their trials page by page.</summary>
internal sealed class RdbSource : IForeignSource
{
    private readonly RdbConnection _connection;
    private readonly RdbPageReader _pages;

    private RdbSource(RdbConnection connection, IReadOnlyList<ForeignStudy> studies, IReadOnlyList<string> notes, StoredTimes times) =>
        (_connection, Studies, Notes, _pages) = (connection, studies, notes, new RdbPageReader(connection, times));

    public IReadOnlyList<ForeignStudy> Studies { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <param name="option">The option the URL was given by, for what is refused.</param>
    /// <param name="times">Null: as the Optuna that made the tables writes them.</param>
    /// <exception cref="TransferRefusedException">The database cannot be reached, or is not understood.</exception>
    public static async Task<RdbSource> OpenAsync(string option, StorageUrl url, StoredTimes? times, CancellationToken cancel)
    {
        var connection = await RdbConnection.OpenAsync(option, url, forWriting: false, cancel).ConfigureAwait(false);
        try
        {
            await connection.BeginReadingAsync(cancel).ConfigureAwait(false);
            var state = await RdbState.ReadAsync(option, connection, cancel).ConfigureAwait(false)
                ?? throw new TransferRefusedException($"{option}: there are no tables of Optuna's in {url}.");
            var taken = times ?? RdbVersion.TimesOf(state.Library);
            var why = times is null ? $"as Optuna {state.Library} writes them, which made the tables" : "as --times says";
            return new RdbSource(
                connection, await StudiesAsync(connection, cancel).ConfigureAwait(false),
                [$"Times are taken as {(taken == StoredTimes.Utc ? "UTC" : "local time")}, {why}."], taken);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async IAsyncEnumerable<FrozenTrial> TrialsAsync(ForeignStudy study, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (long after = long.MinValue; ;)
        {
            var page = await _pages.ReadAsync(study, after, cancel).ConfigureAwait(false);
            if (page is null)
                yield break;
            foreach (var trial in page.Trials)
                yield return trial;
            after = page.LastId;
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static async Task<IReadOnlyList<ForeignStudy>> StudiesAsync(RdbConnection connection, CancellationToken cancel)
    {
        var names = new List<(long Id, string Name)>();
        await foreach (var reader in connection.QueryAsync("SELECT study_id, study_name FROM studies ORDER BY study_id", [], cancel).ConfigureAwait(false))
        {
            var row = new RdbRow(reader, "studies");
            names.Add((row.Whole(0), row.Text(1)));
        }

        var directions = await DirectionsAsync(connection, names.ToDictionary(), cancel).ConfigureAwait(false);
        var user = await AttrsAsync(connection, "study_user_attributes", cancel).ConfigureAwait(false);
        var system = await AttrsAsync(connection, "study_system_attributes", cancel).ConfigureAwait(false);
        var counts = new Dictionary<long, int>();
        await foreach (var reader in connection.QueryAsync(
            "SELECT study_id, COUNT(*) FROM trials WHERE study_id IS NOT NULL GROUP BY study_id", [], cancel).ConfigureAwait(false))
        {
            var row = new RdbRow(reader, "trials");
            counts.Add(row.Whole(0), (int)row.Whole(1));
        }

        return [.. names.Select(s => new ForeignStudy(
            s.Id, s.Name, [.. directions.GetValueOrDefault(s.Id) ?? []], [.. user.GetValueOrDefault(s.Id) ?? []],
            [.. system.GetValueOrDefault(s.Id) ?? []], counts.GetValueOrDefault(s.Id)))];
    }

    private static async Task<Dictionary<long, List<StudyDirection>>> DirectionsAsync(
        RdbConnection connection, Dictionary<long, string> names, CancellationToken cancel)
    {
        var all = new Dictionary<long, List<StudyDirection>>();
        await foreach (var reader in connection.QueryAsync(
            "SELECT study_id, objective, direction FROM study_directions ORDER BY study_id, objective", [], cancel).ConfigureAwait(false))
        {
            var row = new RdbRow(reader, "study_directions");
            var (study, objective, word) = (row.Whole(0), row.Whole(1), row.Text(2));
            if (!names.TryGetValue(study, out var name))
                continue;
            if (!all.TryGetValue(study, out var list))
                all.Add(study, list = []);
            if (objective != list.Count)
                throw new TransferRefusedException($"Study '{name}': its objectives are not numbered from 0 on ({objective} stands where {list.Count} is expected).");
            list.Add(RdbNames.Direction(word)
                ?? throw new TransferRefusedException($"Study '{name}': the direction '{word}' is neither MINIMIZE nor MAXIMIZE."));
        }

        return all;
    }

    private static async Task<Dictionary<long, List<KeyValuePair<string, string>>>> AttrsAsync(
        RdbConnection connection, string table, CancellationToken cancel)
    {
        var all = new Dictionary<long, List<KeyValuePair<string, string>>>();
        // In the order in which they were set for the first time: the first column is the table's own number.
        await foreach (var reader in connection.QueryAsync(
            $"SELECT study_id, `key`, value_json FROM {table} WHERE study_id IS NOT NULL ORDER BY {table[..^1]}_id", [], cancel).ConfigureAwait(false))
        {
            var row = new RdbRow(reader, table);
            var study = row.Whole(0);
            if (!all.TryGetValue(study, out var list))
                all.Add(study, list = []);
            list.Add(KeyValuePair.Create(row.Text(1), row.Text(2)));
        }

        return all;
    }
}
