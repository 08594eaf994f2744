namespace Optuna.Cluster.Client;

/// <summary>How a client keeps in touch.</summary>
public sealed record OptunaClientOptions
{
    /// <summary>How long a question may go unanswered, fail-over included, before it is given up.</summary>
    /// <value>Default 60 s; null to wait for ever, as workers do.</value>
    public TimeSpan? RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long to look for a coordinator in <c>ConnectAsync</c>.</summary>
    /// <value>Default 15 s.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>An unanswered question is sent again after this time; every question is safe to repeat.</summary>
    /// <value>Default 2 s.</value>
    public TimeSpan ResendAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Host name or address this process is known by to the coordinators. Nobody connects to it.</summary>
    /// <value>Default 127.0.0.1.</value>
    public string Hostname { get; init; } = "127.0.0.1";

    /// <summary>HOCON that goes before the client's own: for instance <c>optuna.tls</c> (<c>hocon/tls.conf</c>), without which no <c>optuna+tls://</c> address can be reached.</summary>
    public string Hocon { get; init; } = "";
}
