using System.Security.Cryptography;
using System.Text;
using MySqlConnector;

namespace Optuna.Coordinator.Storage;

/// <summary>
/// A lock every program on the same server sees (GET_LOCK). It belongs to the connection: when the holder dies, the server
/// closes the connection and the lock is free.
/// </summary>
internal sealed class MySqlNamedLock : IAsyncDisposable
{
    private readonly MySqlConnection _connection;
    private readonly string _name;

    private MySqlNamedLock(MySqlConnection connection, string name)
    {
        _connection = connection;
        _name = name;
    }

    /// <param name="purpose">Told apart within one database.</param>
    /// <returns>null if another held it for all of <paramref name="patience"/> (whole seconds).</returns>
    public static async Task<MySqlNamedLock?> TryTakeAsync(
        MySqlConnection connection, MySqlUrl url, string purpose, TimeSpan patience, CancellationToken cancel)
    {
        var name = NameOf(url, purpose);
        var seconds = (int)Math.Ceiling(patience.TotalSeconds);

        await using var command = new MySqlCommand("SELECT GET_LOCK(@name, @seconds)", connection);
        command.Parameters.AddWithValue("@name", name);
        command.Parameters.AddWithValue("@seconds", seconds);
        command.CommandTimeout = seconds + 30;
        var taken = await command.ExecuteScalarAsync(cancel).ConfigureAwait(false);
        return taken is not null and not DBNull && Convert.ToInt64(taken, System.Globalization.CultureInfo.InvariantCulture) == 1
            ? new MySqlNamedLock(connection, name)
            : null;
    }

    // Lock names are the server's, not the database's, and at most 64 characters, as long as a database name alone.
    internal static string NameOf(MySqlUrl url, string purpose) =>
        "optuna-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{url.Database}\n{purpose}")))[..32];

    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var command = new MySqlCommand("SELECT RELEASE_LOCK(@name)", _connection);
            command.Parameters.AddWithValue("@name", _name);
            await command.ExecuteScalarAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is MySqlException or InvalidOperationException)
        {
            // The connection is gone, and the lock with it.
        }
    }
}
