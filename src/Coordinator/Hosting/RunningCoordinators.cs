using MySqlConnector;
using Optuna.Cluster.Client;
using Optuna.Cluster.Protocol;
using Optuna.Coordinator.Storage;

namespace Optuna.Coordinator.Hosting;

/// <summary>Who serves a storage now, for programs that only want to talk to it: they need not join as a node.</summary>
public static class RunningCoordinators
{
    /// <returns>Null when none lives, or the storage cannot tell (SQLite).</returns>
    /// <exception cref="StorageRefusedException">The database cannot be asked.</exception>
    public static async Task<OptunaUrl?> FindAsync(StorageUrl storage, CancellationToken cancel = default)
    {
        if (storage is not MySqlUrl mysql)
            return null;
        try
        {
            var directory = new ClusterDirectory(mysql, OptunaSystem.Name, "akka.tcp://nobody@127.0.0.1:0");
            var live = await directory.LiveAddressesAsync(new BootstrapTiming().Freshness, cancel).ConfigureAwait(false);
            return live.Count == 0 ? null : new OptunaUrl([.. live.Select(Coordinator)], live.All(a => a.StartsWith(OptunaSystem.AkkaProtocol(tls: true), StringComparison.Ordinal)));
        }
        catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.NoSuchTable)
        {
            return null;
        }
        catch (MySqlException e)
        {
            throw MySqlTrouble.Refusal(mysql, e);
        }
    }

    private static CoordinatorAddress Coordinator(string address)
    {
        var at = Akka.Actor.Address.Parse(address);
        return new CoordinatorAddress(at.Host!, at.Port!.Value);
    }
}
