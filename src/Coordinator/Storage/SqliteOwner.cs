namespace Optuna.Coordinator.Storage;

/// <summary>
/// Keeps a second coordinator away from a SQLite file: both would host the same studies and neither knows of the other.
/// </summary>
/// <remarks>
/// Held is the operating system's lock on a file beside the database, so it ends with the process however that ends. The
/// side file is left behind on purpose: were it deleted, two newcomers could lock two files of one name.
/// </remarks>
public sealed class SqliteOwner : IDisposable
{
    private readonly FileStream _held;

    private SqliteOwner(FileStream held) => _held = held;

    /// <exception cref="StorageRefusedException">Another process owns the file, or the side file cannot be written.</exception>
    public static SqliteOwner Take(SqliteUrl url)
    {
        SqliteTrouble.RefuseWithoutFolder(url);
        var side = url.File + ".owner";
        try
        {
            return new SqliteOwner(new FileStream(side, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StorageRefusedException(
                $"The file {side} cannot be written; give this account the right to write it and its folder.", e);
        }
        catch (IOException e) when (File.Exists(side))
        {
            throw new StorageRefusedException(
                $"The storage {url} is in use by another coordinator, the process that has {side} open; " +
                "stop that one, or use MySQL to run several.", e)
            {
                IsInUse = true,
            };
        }
        catch (IOException e)
        {
            throw new StorageRefusedException($"The file {side} cannot be made: {e.Message.TrimEnd('.')}.", e);
        }
    }

    public void Dispose() => _held.Dispose();
}
