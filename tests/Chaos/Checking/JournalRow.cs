using Optuna.Cluster.Protocol;

namespace Optuna.Chaos.Checking;

/// <summary>One row of the journal table, read with the nodes' own serializer.</summary>
internal sealed record JournalRow(string PersistenceId, long SequenceNumber, object Message)
{
    public bool IsOfStudy => PersistenceId != OptunaSystem.CatalogPersistenceId;
}
