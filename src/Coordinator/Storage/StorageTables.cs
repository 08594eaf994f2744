namespace Optuna.Coordinator.Storage;

/// <summary>
/// The tables a coordinator keeps, column by column: the one source of the DDL, of the check at every start and of the
/// advice given when that check fails.
/// </summary>
/// <remarks>
/// The names carry a prefix of their own instead of Akka.Persistence.Sql's <c>journal</c>, <c>tags</c> and
/// <c>snapshot</c>: those are so common that another program's tables in the same database would be taken for ours and
/// written into. The columns keep the names of the plugin's default mapping.
/// </remarks>
internal static class StorageTables
{
    public const string JournalName = "optuna_journal";
    public const string TagsName = "optuna_tags";
    public const string SnapshotName = "optuna_snapshot";
    public const string ClusterNodeName = "optuna_cluster_node";

    /// <summary>
    /// Every event of every study. The unique key is what makes a second writer of one study fail instead of forking its
    /// history, and what recovery reads along.
    /// </summary>
    public static readonly Table Journal = new(
        JournalName,
        [
            new("ordering", ColumnKind.Identity, "BIGINT NOT NULL AUTO_INCREMENT", "INTEGER PRIMARY KEY AUTOINCREMENT"),
            new("deleted", ColumnKind.Integer, "BOOLEAN NOT NULL", "INTEGER NOT NULL"),
            new("persistence_id", ColumnKind.ExactText, MySqlText(255) + " NOT NULL", "TEXT NOT NULL"),
            new("sequence_number", ColumnKind.Long, "BIGINT NOT NULL", "BIGINT NOT NULL"),
            new("created", ColumnKind.Long, "BIGINT NOT NULL", "BIGINT NOT NULL"),
            new("tags", ColumnKind.Text, MySqlText(1000) + " NULL", "TEXT NULL"),
            new("message", ColumnKind.Blob, "LONGBLOB NOT NULL", "BLOB NOT NULL"),
            new("identifier", ColumnKind.Integer, "INT NULL", "INTEGER NULL"),
            new("manifest", ColumnKind.Text, MySqlText(500) + " NULL", "TEXT NULL"),
            new("writer_uuid", ColumnKind.Text, MySqlText(128) + " NULL", "TEXT NULL"),
        ],
        PrimaryKey: ["ordering"],
        UniqueKey: ["persistence_id", "sequence_number"]);

    /// <summary>Unused while tags are written as text beside the event; there so that the mode can be changed.</summary>
    public static readonly Table Tags = new(
        TagsName,
        [
            new("ordering_id", ColumnKind.Long, "BIGINT NOT NULL", "BIGINT NOT NULL"),
            new("tag", ColumnKind.ExactText, MySqlText(64) + " NOT NULL", "TEXT NOT NULL"),
            new("persistence_id", ColumnKind.ExactText, MySqlText(255) + " NOT NULL", "TEXT NOT NULL"),
            new("sequence_nr", ColumnKind.Long, "BIGINT NOT NULL", "BIGINT NOT NULL"),
        ],
        PrimaryKey: ["ordering_id", "tag"]);

    /// <summary>The primary key is what lets a snapshot be written again over itself.</summary>
    public static readonly Table Snapshot = new(
        SnapshotName,
        [
            new("persistence_id", ColumnKind.ExactText, MySqlText(255) + " NOT NULL", "TEXT NOT NULL"),
            new("sequence_number", ColumnKind.Long, "BIGINT NOT NULL", "BIGINT NOT NULL"),
            new("created", ColumnKind.Long, "BIGINT NOT NULL", "BIGINT NOT NULL"),
            new("snapshot", ColumnKind.Blob, "LONGBLOB NOT NULL", "BLOB NOT NULL"),
            new("manifest", ColumnKind.Text, MySqlText(500) + " NULL", "TEXT NULL"),
            new("serializer_id", ColumnKind.Integer, "INT NULL", "INTEGER NULL"),
        ],
        PrimaryKey: ["persistence_id", "sequence_number"]);

    /// <summary>
    /// The coordinators that live, see <see cref="ClusterDirectory"/>, and those that the others have gone on without, see
    /// <see cref="ClusterVerdict"/>; no counterpart on SQLite.
    /// </summary>
    public static readonly Table ClusterNode = new(
        ClusterNodeName,
        [
            new("cluster", ColumnKind.ExactText, MySqlText(100) + " NOT NULL", ""),
            new("address", ColumnKind.ExactText, MySqlText(255) + " NOT NULL", ""),
            new("incarnation", ColumnKind.ExactText, MySqlText(36) + " NOT NULL", ""),
            new("heartbeat", ColumnKind.Instant, "DATETIME(3) NOT NULL", ""),
            new("downed", ColumnKind.Instant, "DATETIME(3) NULL", ""),
        ],
        PrimaryKey: ["cluster", "address"]);

    public static readonly Table[] OnMySql = [Journal, Tags, Snapshot, ClusterNode];

    public static readonly Table[] OnSqlite = [Journal, Tags, Snapshot];

    // Ids that differ only in case are different studies, so comparison goes by code point.
    private static string MySqlText(int length) => $"VARCHAR({length}) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
}
