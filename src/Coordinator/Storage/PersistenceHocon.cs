using Akka.Configuration;
using Akka.Persistence.Sql;

namespace Optuna.Coordinator.Storage;

/// <summary>The configuration that puts Akka.Persistence's journal and snapshots on a storage.</summary>
/// <remarks>
/// Two layers: what an operator may turn lies in <c>hocon/mysql.conf</c> and <c>hocon/sqlite.conf</c>; over it lies what
/// must not be turned, because acknowledged results hang on it.
/// </remarks>
public static class PersistenceHocon
{
    // linq2db's names. The MySQL one also serves MariaDB, and it alone makes the plugin treat messages as LONGBLOB.
    private const string MySqlProvider = "MySql.8.0.MySqlConnector";
    private const string SqliteProvider = "SQLite.MS";

    /// <param name="folder">The operator's <c>hocon</c> folder, if there is one.</param>
    /// <returns>Complete: the plugin's own defaults are underneath.</returns>
    /// <exception cref="ArgumentException">A file of the folder is not HOCON or sets something out of range.</exception>
    public static Config For(StorageUrl url, string? folder = null)
    {
        var config = url switch
        {
            MySqlUrl mysql => OnMySql(mysql, HoconFile.Read("mysql.conf", folder)),
            SqliteUrl sqlite => Fixed(sqlite.ConnectionString, SqliteProvider).WithFallback(HoconFile.Read("sqlite.conf", folder)),
            _ => throw new ArgumentException($"No journal is known for a storage of type {url.GetType().Name}.", nameof(url)),
        };
        return config.WithFallback(SqlPersistence.DefaultConfiguration);
    }

    private static Config OnMySql(MySqlUrl url, Config turned)
    {
        var pool = turned.GetInt("optuna.storage.mysql.maximum-pool-size");
        if (pool is < 1 or > 10_000)
            throw new ArgumentException($"optuna.storage.mysql.maximum-pool-size is {pool}; it must be from 1 to 10000.");
        var timeout = turned.GetTimeSpan("optuna.storage.mysql.connection-timeout");
        if (timeout < TimeSpan.FromSeconds(1) || timeout > TimeSpan.FromHours(1))
            throw new ArgumentException($"optuna.storage.mysql.connection-timeout is {timeout.TotalSeconds} s; it must be from 1 s to 1 h.");

        var connection = url.ConnectionStringWith(c =>
        {
            c.MaximumPoolSize = (uint)pool;
            c.ConnectionTimeout = (uint)Math.Ceiling(timeout.TotalSeconds);
        });
        return Fixed(connection, MySqlProvider).WithFallback(Shared(connection)).WithFallback(turned);
    }

    // What follows from the database being shared: it arbitrates between coordinators, and another one could write a study.
    private static Config Shared(string connection) => ConfigurationFactory.ParseString(
        $$"""
        akka.coordination.lease-mysql {
          lease-class = "{{typeof(Hosting.Downing.MySqlLease).AssemblyQualifiedName}}"
          connection-string = {{Quoted(connection)}}
        }
        optuna.study.claim-journal = on
        """);

    // Names and columns of the tables: JournalSchema made and checked them, so the plugin must neither make its own nor
    // look elsewhere. The tag mode decides what is written and must stay what it was for the first event.
    //
    // The replay filter guards against two writers whose events are mixed. The unique key on (persistence id, sequence
    // number) leaves only one line of events, each written by one who had seen all before it; the filter, left on, then
    // drops acknowledged events from the recovered state.
    private static Config Fixed(string connectionString, string provider)
    {
        var connection = Quoted(connectionString);
        return ConfigurationFactory.ParseString(
            $$"""
            akka.persistence {
              journal {
                plugin = "akka.persistence.journal.sql"
                sql {
                  connection-string = {{connection}}
                  provider-name = "{{provider}}"
                  auto-initialize = off
                  tag-write-mode = Csv
                  table-mapping = default
                  default {
                    journal.table-name = "{{StorageTables.JournalName}}"
                    tag.table-name = "{{StorageTables.TagsName}}"
                  }
                  replay-filter.mode = off
                }
              }
              snapshot-store {
                plugin = "akka.persistence.snapshot-store.sql"
                sql {
                  connection-string = {{connection}}
                  provider-name = "{{provider}}"
                  auto-initialize = off
                  table-mapping = default
                  default.snapshot.table-name = "{{StorageTables.SnapshotName}}"
                }
              }
              query.journal.sql {
                write-plugin = "akka.persistence.journal.sql"
                connection-string = {{connection}}
                provider-name = "{{provider}}"
                tag-read-mode = Csv
                table-mapping = default
                default {
                  journal.table-name = "{{StorageTables.JournalName}}"
                  tag.table-name = "{{StorageTables.TagsName}}"
                }
              }
            }
            """);
    }

    private static string Quoted(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
