namespace Optuna.Coordinator.Storage;

/// <summary>How long a starting coordinator believes and waits.</summary>
public sealed record BootstrapTiming
{
    /// <value>A node whose heartbeat is older counts as dead. Default 10 s; several heartbeats must fit in.</value>
    public TimeSpan Freshness { get; init; } = TimeSpan.FromSeconds(10);

    /// <value>
    /// How long the rows of seemingly dead nodes are watched for a new heartbeat before a cluster is founded. Default 5 s.
    /// After an outage of the database every row is old although every node lives.
    /// </value>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(5);

    /// <value>How long to wait while another node is founding. Default 30 s.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}
