using System.Collections.Immutable;

namespace Optuna.Cluster.Protocol;

/// <summary>Versions of the conversation between clients and coordinators.</summary>
public static class ProtocolVersion
{
    public const int Current = 1;
}

public static class Sessions
{
    /// <summary>A client's first word to the gateway of any coordinator.</summary>
    /// <param name="Client">For people and logs, for instance host and process.</param>
    public sealed record Hello(int Version, string Client) : IWireMessage;

    /// <summary>The gateway's answer; it comes from the session actor, which takes everything that follows.</summary>
    /// <param name="Coordinators">Addresses (HOST:PORT) of the coordinators that are up: where to go when this one falls silent.</param>
    /// <param name="Lease">How long a worker may be silent before its trials are taken from it.</param>
    public sealed record Welcome(int Version, ImmutableArray<string> Coordinators, TimeSpan Lease) : IWireMessage;

    /// <summary>The gateway does not speak this version.</summary>
    public sealed record Refused(int Version, string Sentence) : IWireMessage;

    /// <summary>Keeps the session; answered by <see cref="Pong"/>.</summary>
    public sealed record Ping : IWireMessage
    {
        public static readonly Ping Instance = new();
    }

    /// <param name="Coordinators">As in <see cref="Welcome"/>, as of now.</param>
    public sealed record Pong(ImmutableArray<string> Coordinators) : IWireMessage;

    /// <summary>The client goes; the session may end.</summary>
    public sealed record Bye : IWireMessage
    {
        public static readonly Bye Instance = new();
    }
}
