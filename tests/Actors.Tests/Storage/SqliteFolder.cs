using Microsoft.Data.Sqlite;
using Optuna.Coordinator.Storage;

namespace Optuna.Tests.Storage;

/// <summary>A folder for one test's SQLite files.</summary>
public sealed class SqliteFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optuna-sqlite-");

    public string Path => _folder.FullName;

    public SqliteUrl Url(string name = "studies.db") =>
        (SqliteUrl)StorageUrl.Parse("sqlite:///" + System.IO.Path.Combine(Path, name));

    public static async Task<object?> QueryAsync(SqliteUrl url, string sql)
    {
        await using var connection = new SqliteConnection(url.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
