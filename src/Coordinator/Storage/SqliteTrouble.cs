using Microsoft.Data.Sqlite;

namespace Optuna.Coordinator.Storage;

/// <summary>Says in the operator's words what SQLite says in numbers.</summary>
internal static class SqliteTrouble
{
    // SQLite's primary result codes.
    private const int Busy = 5, ReadOnly = 8, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    public static void RefuseWithoutFolder(SqliteUrl url)
    {
        var folder = System.IO.Path.GetDirectoryName(url.File);
        if (folder is not null && !Directory.Exists(folder))
            throw new StorageRefusedException($"The folder {folder} of the storage {url} does not exist; create it or correct the storage URL.");
        if (Directory.Exists(url.File))
            throw new StorageRefusedException($"The storage {url} is a folder; name a file in it.");
    }

    public static bool IsNoDatabase(SqliteException e) => e.SqliteErrorCode == NotADatabase;

    public static StorageRefusedException Refusal(SqliteUrl url, SqliteException e) => new(
        e.SqliteErrorCode switch
        {
            CannotOpen or ReadOnly =>
                $"The file of the storage {url} cannot be opened for writing; give this account the right to write it and its folder.",
            NotADatabase => $"The file of the storage {url} is not a SQLite database; name another file.",
            Corrupt => $"The file of the storage {url} is damaged; restore it from a copy.",
            Busy => $"Another program is writing the storage {url}; stop that program.",
            Full => $"There is no room left on the disk of the storage {url}; make some.",
            _ => $"The storage {url} could not be prepared: {e.Message.TrimEnd('.')}.",
        },
        e);
}
