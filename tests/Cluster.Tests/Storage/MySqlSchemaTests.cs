using MySqlConnector;
using Optuna.Coordinator.Storage;
using Optuna.Testing.Storage;

namespace Optuna.Tests.Storage;

public sealed class MySqlSchemaTests(DatabaseFixture database)
{
    // A journal as good as ours, for one fault at a time to be put in.
    private const string Columns =
        """
        ordering BIGINT NOT NULL AUTO_INCREMENT, deleted BOOLEAN NOT NULL,
        persistence_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, sequence_number BIGINT NOT NULL,
        created BIGINT NOT NULL, tags VARCHAR(100) NULL, message LONGBLOB NOT NULL, identifier INT NULL,
        manifest VARCHAR(500) NULL, writer_uuid VARCHAR(128) NULL, PRIMARY KEY (ordering)
        """;

    private const string Key = ", UNIQUE KEY (persistence_id, sequence_number)";

    private MariaDbServer Server => database.Server;

    [Fact]
    public async Task Eight_coordinators_that_start_at_once_all_find_the_tables_and_so_do_later_ones()
    {
        var url = await NewUrlAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => JournalSchema.PrepareAsync(url)));
        await JournalSchema.PrepareAsync(url);

        Assert.Equal("optuna_cluster_node,optuna_journal,optuna_snapshot,optuna_tags", await TablesAsync(url));
    }

    [Fact]
    public async Task The_journal_refuses_a_second_event_of_one_number_and_tells_ids_apart_by_case()
    {
        var url = await NewUrlAsync();
        await JournalSchema.PrepareAsync(url);
        const string Insert =
            "INSERT INTO optuna_journal (deleted, persistence_id, sequence_number, created, message) VALUES (0, '{0}', 1, 0, 'x')";
        await QueryAsync(url, string.Format(Insert, "study-a"));

        await QueryAsync(url, string.Format(Insert, "study-A"));
        var refused = await Assert.ThrowsAsync<MySqlException>(() => QueryAsync(url, string.Format(Insert, "study-a")));

        Assert.Equal(MySqlErrorCode.DuplicateKeyEntry, refused.ErrorCode);
    }

    [Fact]
    public async Task A_table_of_our_columns_made_by_hand_is_accepted()
    {
        var url = await NewUrlAsync();
        await QueryAsync(url, $"CREATE TABLE optuna_journal ({Columns}{Key}) ENGINE=InnoDB");

        await JournalSchema.PrepareAsync(url);
    }

    [Theory]
    [InlineData("message VARBINARY(255)", "message LONGBLOB NOT NULL", "column message is varbinary(255); mend it with ALTER TABLE")]
    [InlineData("message MEDIUMBLOB NOT NULL", "message LONGBLOB NOT NULL", "column message is mediumblob")]
    [InlineData("COLLATE utf8mb4_general_ci", "COLLATE utf8mb4_bin", "column persistence_id is varchar(255) with the collation utf8mb4_general_ci")]
    [InlineData("sequence_number INT NOT NULL", "sequence_number BIGINT NOT NULL", "column sequence_number is int")]
    [InlineData("ordering BIGINT NOT NULL", "ordering BIGINT NOT NULL AUTO_INCREMENT", "column ordering is bigint(20)")]
    [InlineData("", "identifier INT NULL,", "no column identifier; mend it with ALTER TABLE")]
    [InlineData("", Key, "no unique key on (persistence_id, sequence_number); mend it with ALTER TABLE")]
    [InlineData(", KEY (persistence_id, sequence_number)", Key, "no unique key on (persistence_id, sequence_number)")]
    [InlineData(", UNIQUE KEY (persistence_id(10), sequence_number)", Key, "no unique key on (persistence_id, sequence_number)")]
    [InlineData(", UNIQUE KEY (persistence_id, sequence_number, ordering)", Key, "no unique key on (persistence_id, sequence_number)")]
    [InlineData(") ENGINE=MyISAM", ") ENGINE=InnoDB", "engine is MyISAM")]
    public async Task A_journal_with_a_fault_is_refused_and_left_alone_and_the_advice_mends_it(string fault, string of, string clue)
    {
        var url = await NewUrlAsync();
        var sound = $"CREATE TABLE optuna_journal ({Columns}{Key}) ENGINE=InnoDB";
        Assert.Contains(of, sound);
        await QueryAsync(url, sound.Replace(of, fault));
        var before = await CreateTextAsync(url);

        var refusal = await Assert.ThrowsAsync<StorageRefusedException>(() => JournalSchema.PrepareAsync(url));

        Assert.StartsWith($"Table optuna_journal of {url} cannot be used: ", refusal.Message);
        Assert.Contains(clue, refusal.Message);
        Assert.Equal("optuna_journal", await TablesAsync(url));
        Assert.Equal(before, await CreateTextAsync(url));

        await QueryAsync(url, refusal.Message[refusal.Message.IndexOf("ALTER TABLE", StringComparison.Ordinal)..].TrimEnd('.'));
        await JournalSchema.PrepareAsync(url);
    }

    [Fact]
    public async Task A_journal_as_the_plugin_would_make_it_on_MariaDB_is_refused()
    {
        var url = await NewUrlAsync();
        await QueryAsync(
            url,
            """
            CREATE TABLE optuna_journal (ordering BIGINT NOT NULL AUTO_INCREMENT, created BIGINT NOT NULL, deleted BIT NOT NULL,
              persistence_id VARCHAR(255) NOT NULL, sequence_number BIGINT NOT NULL, message VARBINARY(255) NOT NULL, manifest VARCHAR(500) NULL,
              identifier INT NULL, tags VARCHAR(100) NULL, writer_uuid VARCHAR(128) NULL, PRIMARY KEY (ordering))
            """);

        var refusal = await Assert.ThrowsAsync<StorageRefusedException>(() => JournalSchema.PrepareAsync(url));

        Assert.Contains("ALTER TABLE optuna_journal MODIFY", refusal.Message);
    }

    [Fact]
    public async Task A_snapshot_table_without_its_key_is_refused_before_any_other_table_is_made()
    {
        var url = await NewUrlAsync();
        await QueryAsync(
            url,
            """
            CREATE TABLE optuna_snapshot (persistence_id VARCHAR(255) COLLATE utf8mb4_bin NOT NULL, sequence_number BIGINT NOT NULL,
              created BIGINT NOT NULL, snapshot LONGBLOB NOT NULL, manifest VARCHAR(500) NULL, serializer_id INT NULL) DEFAULT CHARSET utf8mb4
            """);

        var refusal = await Assert.ThrowsAsync<StorageRefusedException>(() => JournalSchema.PrepareAsync(url));

        Assert.Contains("ALTER TABLE optuna_snapshot ADD PRIMARY KEY (persistence_id, sequence_number)", refusal.Message);
        Assert.Equal("optuna_snapshot", await TablesAsync(url));
    }

    [Fact]
    public async Task A_view_in_place_of_a_table_is_refused()
    {
        var url = await NewUrlAsync();
        await QueryAsync(url, "CREATE VIEW optuna_tags AS SELECT 1 AS tag");

        var refusal = await Assert.ThrowsAsync<StorageRefusedException>(() => JournalSchema.PrepareAsync(url));

        Assert.Contains("Table optuna_tags", refusal.Message);
        Assert.Contains("is a view", refusal.Message);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named()
    {
        var refusal = await RefusalAsync("mysql://ada:hunter2@127.0.0.1:1/studies");

        Assert.Contains("Nothing answers as a MySQL or MariaDB server at 127.0.0.1:1", refusal.Message);
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_saying_it()
    {
        var refusal = await RefusalAsync(Server.UrlOf("mysql", password: "hunter2"));

        Assert.Contains("refuses user optuna with this password", refusal.Message);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_named()
    {
        var refusal = await RefusalAsync(Server.UrlOf("absent"));

        Assert.Contains("has no database absent; make it with CREATE DATABASE `absent`", refusal.Message);
    }

    [Fact]
    public async Task An_account_that_may_not_use_the_database_is_told_so()
    {
        var url = await NewUrlAsync();
        await Server.ExecuteAsync("CREATE USER 'stranger'@'127.0.0.1' IDENTIFIED BY 'hunter2'");

        var refusal = await RefusalAsync(Server.UrlOf(url.Database, "stranger", "hunter2"));

        Assert.Contains($"User stranger may not use database {url.Database}", refusal.Message);
    }

    [Fact]
    public async Task An_account_that_may_only_read_is_told_what_it_lacks()
    {
        var url = await NewUrlAsync();
        await Server.ExecuteAsync("CREATE USER 'reader'@'127.0.0.1' IDENTIFIED BY 'hunter2'");
        await Server.ExecuteAsync($"GRANT SELECT ON {url.Database}.* TO 'reader'@'127.0.0.1'");

        var refusal = await RefusalAsync(Server.UrlOf(url.Database, "reader", "hunter2"));

        Assert.Contains("User reader lacks a right", refusal.Message);
        Assert.Contains($"GRANT ALL ON `{url.Database}`.*", refusal.Message);
    }

    private static async Task<StorageRefusedException> RefusalAsync(string text)
    {
        var refusal = await Assert.ThrowsAsync<StorageRefusedException>(() => JournalSchema.PrepareAsync(StorageUrl.Parse(text)));
        Assert.DoesNotContain("hunter2", refusal.Message);
        return refusal;
    }

    private async Task<MySqlUrl> NewUrlAsync() => (MySqlUrl)StorageUrl.Parse(await Server.CreateDatabaseAsync());

    private static async Task<string> TablesAsync(MySqlUrl url) => (string)(await QueryAsync(
        url, "SELECT GROUP_CONCAT(table_name ORDER BY table_name) FROM information_schema.tables WHERE table_schema = DATABASE()"))!;

    private static async Task<string> CreateTextAsync(MySqlUrl url)
    {
        await using var connection = new MySqlConnection(url.ConnectionString);
        await connection.OpenAsync();
        await using var command = new MySqlCommand("SHOW CREATE TABLE optuna_journal", connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return reader.GetString(1);
    }

    private static async Task<object?> QueryAsync(MySqlUrl url, string sql)
    {
        await using var connection = new MySqlConnection(url.ConnectionString);
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
