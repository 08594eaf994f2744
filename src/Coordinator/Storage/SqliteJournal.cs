using Microsoft.Data.Sqlite;

namespace Optuna.Coordinator.Storage;

/// <summary>Looks whether a file has been a coordinator's storage before, for whoever must not make one by mistake.</summary>
public static class SqliteJournal
{
    /// <summary>Does not touch the file.</summary>
    /// <returns>True also for a file that cannot be read now: whoever opens it says what is wrong with it.</returns>
    public static bool IsIn(SqliteUrl url)
    {
        if (!File.Exists(url.File))
            return false;
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = url.File,
                Mode = SqliteOpenMode.ReadOnly,
                Pooling = false,
            }.ConnectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $name";
            command.Parameters.AddWithValue("$name", StorageTables.JournalName);
            return command.ExecuteScalar() is not null;
        }
        catch (SqliteException e)
        {
            return !SqliteTrouble.IsNoDatabase(e);
        }
    }
}
