using Optuna.Coordinator.Storage;
using Optuna.Trials;

namespace Optuna.Cli.Transfer.Rdb;

/// <summary>Optuna's tables, written in one transaction; made first where there are none.</summary>
internal sealed class RdbTarget : IForeignTarget
{
    // Ids are asked for once per so many trials.
    private const int BatchSize = 500;

    private readonly RdbConnection _connection;
    private readonly RdbState? _found;
    private readonly RdbVersion _version;
    private readonly StoredTimes _times;
    private readonly string? _newFile;
    private HashSet<string>? _names;
    private bool _isWriting;
    private bool _isDone;

    private RdbTarget(RdbConnection connection, RdbState? found, RdbVersion version, StoredTimes? times, string? newFile)
    {
        (_connection, _found, _version, _newFile) = (connection, found, version, newFile);
        var library = found?.Library ?? version.Library;
        _times = times ?? RdbVersion.TimesOf(library);
        Notes =
        [
            $"{(found is null ? "The tables are made" : "The tables there are")} of version {version.Head}; times are written as "
                + $"{(_times == StoredTimes.Utc ? "UTC" : "local time")}, {(times is null ? $"as Optuna {library} does" : "as --times says")}.",
        ];
    }

    public IReadOnlyList<string> Notes { get; }

    /// <param name="wanted">Null: the newest, or that of the tables there are.</param>
    /// <exception cref="TransferRefusedException">The database cannot be reached, or its tables are of another version.</exception>
    public static async Task<RdbTarget> OpenAsync(string option, StorageUrl url, RdbVersion? wanted, StoredTimes? times, CancellationToken cancel)
    {
        // SQLite makes the file when it is opened; one that was refused must not stay.
        var newFile = url is SqliteUrl sqlite && !File.Exists(sqlite.File) ? sqlite.File : null;
        var connection = await RdbConnection.OpenAsync(option, url, forWriting: true, cancel).ConfigureAwait(false);
        try
        {
            var found = await RdbState.ReadAsync(option, connection, cancel).ConfigureAwait(false);
            if (found is not null && wanted is not null && found.Version != wanted)
            {
                throw new TransferRefusedException(
                    $"--schema: the tables in {url} are of version {found.Version.Head} already; leave the option out, or export to another database.");
            }

            return new RdbTarget(connection, found, found?.Version ?? wanted ?? RdbVersion.Newest, times, newFile);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            if (newFile is not null)
                File.Delete(newFile);
            throw;
        }
    }

    public async Task CheckNameAsync(string name, CancellationToken cancel)
    {
        _names ??= await NamesAsync(cancel).ConfigureAwait(false);
        if (_names.Contains(name))
            throw new TransferRefusedException($"--to: a study '{name}' is there already.");
    }

    public async Task WriteAsync(ForeignStudy study, IAsyncEnumerable<FrozenTrial> trials, CancellationToken cancel)
    {
        await BeginAsync(cancel).ConfigureAwait(false);
        var id = await WriteStudyAsync(study, cancel).ConfigureAwait(false);
        var writer = new RdbTrialWriter(_connection, study, id, _times);
        await foreach (var batch in trials.Chunk(BatchSize).WithCancellation(cancel).ConfigureAwait(false))
            await writer.WriteAsync(batch, cancel).ConfigureAwait(false);
    }

    public async Task CommitAsync(CancellationToken cancel)
    {
        await BeginAsync(cancel).ConfigureAwait(false);
        await _connection.CommitAsync(cancel).ConfigureAwait(false);
        _isDone = true;
    }

    public async ValueTask DisposeAsync()
    {
        // An open transaction ends with its connection.
        await _connection.DisposeAsync().ConfigureAwait(false);
        if (!_isDone && _newFile is not null)
            File.Delete(_newFile);
    }

    private async Task BeginAsync(CancellationToken cancel)
    {
        if (_isWriting)
            return;
        _isWriting = true;
        // MySQL makes every table a transaction of its own; SQLite takes them back with the rest.
        if (_connection.IsMySql)
            await MakeTablesAsync(cancel).ConfigureAwait(false);
        await _connection.BeginWritingAsync(cancel).ConfigureAwait(false);
        if (!_connection.IsMySql)
            await MakeTablesAsync(cancel).ConfigureAwait(false);
    }

    private async Task MakeTablesAsync(CancellationToken cancel)
    {
        if (_found is not null)
            return;
        foreach (var statement in RdbTables.Create(_connection.IsMySql, _version))
            await _connection.ExecuteAsync(statement, [], cancel).ConfigureAwait(false);
    }

    private async Task<HashSet<string>> NamesAsync(CancellationToken cancel)
    {
        var names = new HashSet<string>();
        if (_found is null)
            return names;
        await foreach (var reader in _connection.QueryAsync("SELECT study_name FROM studies", [], cancel).ConfigureAwait(false))
            names.Add(new RdbRow(reader, "studies").Text(0));
        return names;
    }

    private async Task<long> WriteStudyAsync(ForeignStudy study, CancellationToken cancel)
    {
        await _connection.ExecuteAsync("INSERT INTO studies (study_name) VALUES (@p0)", [study.Name], cancel).ConfigureAwait(false);
        long id = 0;
        await foreach (var reader in _connection.QueryAsync("SELECT study_id FROM studies WHERE study_name = @p0", [study.Name], cancel).ConfigureAwait(false))
            id = new RdbRow(reader, "studies").Whole(0);

        var directions = new RowBatch(_connection, "study_directions", "direction, study_id, objective");
        for (var i = 0; i < study.Directions.Length; i++)
            await directions.AddAsync(cancel, RdbNames.Of(study.Directions[i]), id, i).ConfigureAwait(false);
        await directions.FlushAsync(cancel).ConfigureAwait(false);
        foreach (var (table, attrs) in new[] { ("study_user_attributes", study.UserAttrs), ("study_system_attributes", study.SystemAttrs) })
        {
            var rows = new RowBatch(_connection, table, "study_id, `key`, value_json");
            foreach (var (key, json) in attrs)
                await rows.AddAsync(cancel, id, key, json).ConfigureAwait(false);
            await rows.FlushAsync(cancel).ConfigureAwait(false);
        }

        return id;
    }
}
