namespace Optuna.Cluster.Pbm.Host;

/// <summary>What one client may cost a node.</summary>
internal sealed record CommandLimits
{
    /// <summary>Connections at once; the next one is told so and closed.</summary>
    public int Connections { get; init; } = 32;

    /// <summary>How long a frame may take to come or go, the first one included.</summary>
    public TimeSpan Frame { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may be open with nothing asked.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a command may take that does not stream.</summary>
    public TimeSpan Command { get; init; } = TimeSpan.FromSeconds(60);
}
