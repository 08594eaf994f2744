using Optuna.Coordinator.Storage;

namespace Optuna.Tests.Storage;

public sealed class SqliteSchemaTests : IDisposable
{
    private const string Columns =
        """
        ordering INTEGER PRIMARY KEY AUTOINCREMENT, deleted INTEGER NOT NULL, persistence_id TEXT NOT NULL,
        sequence_number BIGINT NOT NULL, created BIGINT NOT NULL, tags TEXT, message BLOB NOT NULL,
        identifier INTEGER, manifest TEXT, writer_uuid TEXT
        """;

    private readonly SqliteFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_tables_are_made_once_and_pass_the_check_at_every_later_start()
    {
        var url = _folder.Url();

        await JournalSchema.PrepareAsync(url);
        await JournalSchema.PrepareAsync(url);

        Assert.Equal(
            "optuna_journal,optuna_snapshot,optuna_tags",
            await SqliteFolder.QueryAsync(
                url, "SELECT group_concat(name) FROM (SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'optuna%' ORDER BY name)"));
    }

    [Fact]
    public async Task Eight_that_start_at_once_all_get_through()
    {
        var url = _folder.Url();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => JournalSchema.PrepareAsync(url))));

        Assert.Equal(3L, await SqliteFolder.QueryAsync(url, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name LIKE 'optuna%'"));
    }

    [Fact]
    public async Task The_file_keeps_a_write_ahead_log_and_a_commit_reaches_the_disk()
    {
        var url = _folder.Url();

        await JournalSchema.PrepareAsync(url);

        Assert.Equal("wal", await SqliteFolder.QueryAsync(url, "PRAGMA journal_mode"));
        // 2 is FULL, which hocon/sqlite.conf promises.
        Assert.Equal(2L, await SqliteFolder.QueryAsync(url, "PRAGMA synchronous"));
    }

    [Theory]
    [InlineData("no unique key", Columns, "no unique key on (persistence_id, sequence_number); mend it with CREATE UNIQUE INDEX")]
    [InlineData("key the wrong way round", Columns + ", UNIQUE (sequence_number, persistence_id)", "no unique key on (persistence_id, sequence_number)")]
    [InlineData("key too wide", Columns + ", UNIQUE (persistence_id, sequence_number, created)", "no unique key on (persistence_id, sequence_number)")]
    [InlineData("message as text", "message TEXT|message BLOB NOT NULL", "column message is TEXT; move the file away")]
    [InlineData("number as text", "sequence_number TEXT NOT NULL|sequence_number BIGINT NOT NULL", "column sequence_number is TEXT")]
    [InlineData("no writer", "|, writer_uuid TEXT", "no column writer_uuid")]
    [InlineData("ordering that does not count", "ordering BIGINT PRIMARY KEY|ordering INTEGER PRIMARY KEY AUTOINCREMENT", "column ordering is BIGINT")]
    [InlineData("case ignored", "persistence_id TEXT COLLATE NOCASE|persistence_id TEXT", "column persistence_id is TEXT with the collation NOCASE")]
    public async Task A_table_of_another_shape_is_refused_and_left_alone(string fault, string columns, string clue)
    {
        Assert.NotEmpty(fault);
        if (columns.Split('|') is [var instead, var of])
            columns = Columns.Replace(of, instead) + ", UNIQUE (persistence_id, sequence_number)";
        var url = _folder.Url();
        await SqliteFolder.QueryAsync(url, $"CREATE TABLE optuna_journal ({columns})");

        var refusal = await Assert.ThrowsAsync<StorageRefusedException>(() => JournalSchema.PrepareAsync(url));

        Assert.Contains("optuna_journal", refusal.Message);
        Assert.Contains(clue, refusal.Message);
        Assert.Equal("optuna_journal", await SqliteFolder.QueryAsync(url, "SELECT group_concat(name) FROM sqlite_master WHERE type = 'table' AND name LIKE 'optuna%'"));
        Assert.Equal("delete", await SqliteFolder.QueryAsync(url, "PRAGMA journal_mode"));
    }

    [Fact]
    public async Task The_advice_given_with_a_missing_unique_key_mends_it()
    {
        var url = _folder.Url();
        await SqliteFolder.QueryAsync(url, $"CREATE TABLE optuna_journal ({Columns})");
        var refusal = await Assert.ThrowsAsync<StorageRefusedException>(() => JournalSchema.PrepareAsync(url));

        await SqliteFolder.QueryAsync(url, refusal.Message[refusal.Message.IndexOf("CREATE UNIQUE", StringComparison.Ordinal)..].TrimEnd('.'));

        await JournalSchema.PrepareAsync(url);
    }

    [Fact]
    public async Task A_unique_key_over_some_rows_only_does_not_count()
    {
        var url = _folder.Url();
        await SqliteFolder.QueryAsync(
            url, $"CREATE TABLE optuna_journal ({Columns}); CREATE UNIQUE INDEX u ON optuna_journal (persistence_id, sequence_number) WHERE deleted = 0");

        var refusal = await Assert.ThrowsAsync<StorageRefusedException>(() => JournalSchema.PrepareAsync(url));

        Assert.Contains("no unique key", refusal.Message);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named()
    {
        var refusal = await Assert.ThrowsAsync<StorageRefusedException>(() => JournalSchema.PrepareAsync(_folder.Url("absent/studies.db")));

        Assert.Contains(Path.Combine(_folder.Path, "absent"), refusal.Message);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "absent")));
    }

    [Fact]
    public async Task A_folder_in_place_of_the_file_is_refused()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "studies.db"));

        var refusal = await Assert.ThrowsAsync<StorageRefusedException>(() => JournalSchema.PrepareAsync(_folder.Url()));

        Assert.Contains("is a folder", refusal.Message);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_kept()
    {
        var path = Path.Combine(_folder.Path, "studies.db");
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("A diary, and none of a coordinator's business. ", 50)));
        var before = await File.ReadAllBytesAsync(path);

        var refusal = await Assert.ThrowsAsync<StorageRefusedException>(() => JournalSchema.PrepareAsync(_folder.Url()));

        Assert.Contains("not a SQLite database", refusal.Message);
        Assert.Equal(before, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task A_folder_nobody_may_write_is_refused()
    {
        // The one such folder that also refuses the superuser.
        Assert.SkipUnless(Directory.Exists("/proc/self"), "needs a folder that no account can write");

        var refusal = await Assert.ThrowsAsync<StorageRefusedException>(() => JournalSchema.PrepareAsync((SqliteUrl)StorageUrl.Parse("sqlite:////proc/self/studies.db")));

        Assert.Contains("cannot be opened for writing", refusal.Message);
    }
}
