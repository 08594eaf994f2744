using Akka.Actor;
using Akka.Cluster;
using MySqlConnector;
using Optuna.Cluster.Pbm.Grammar;
using Optuna.Coordinator.Storage;

namespace Optuna.Coordinator.Hosting.Downing;

/// <summary>What an operator's word that a member is to go needs besides Akka's: the mark in the database.</summary>
/// <remarks>Without it a member that was only frozen could wake up, miss the others, and mark them.</remarks>
internal static class OperatorsMark
{
    /// <exception cref="CommandRefusedException">The database cannot be asked, or this node has been put out itself.</exception>
    public static async Task SetAsync(ActorSystem system, Member member, CancellationToken cancel)
    {
        if (!CoordinatorDowningProvider.AsksTheDatabase(system))
            return;
        var verdict = new ClusterVerdict(system.Settings.Config.GetString("akka.coordination.lease-mysql.connection-string"), system.Name);
        try
        {
            var self = Akka.Cluster.Cluster.Get(system).SelfUniqueAddress;
            if (!await verdict.TryMarkAsync(Peers.Of(self), Peers.Of(member.UniqueAddress), cancel).ConfigureAwait(false))
                throw new CommandRefusedException("The other coordinators have gone on without this one; it decides nothing any more.");
        }
        catch (MySqlException e)
        {
            throw new CommandRefusedException($"The database, which has to know who goes on, cannot be asked: {e.Message} Nothing was done to {member.Address}.");
        }
    }
}
