using System.Collections.Immutable;
using System.Net;
using Optuna.Cluster.Client;
using Optuna.Cluster.Pbm.Host;
using Optuna.Cluster.Protocol;

namespace Optuna.Coordinator.Hosting;

/// <summary>What one coordinator is told.</summary>
public sealed record CoordinatorOptions
{
    /// <summary>Where the journal is: <c>sqlite:///PATH</c> or <c>mysql://USER:PASSWORD@HOST:PORT/DB</c>.</summary>
    public string Storage { get; init; } = "sqlite:///optuna.db";

    /// <summary>The address others reach this node by; it listens there and nowhere else.</summary>
    /// <value>Default 127.0.0.1.</value>
    public string Hostname { get; init; } = "127.0.0.1";

    /// <summary>Remoting port; 0 for any free one.</summary>
    public int Port { get; init; } = OptunaSystem.DefaultPort;

    /// <summary>Where the storage server for Optuna's own clients listens; port 0 for any free one.</summary>
    /// <value>Null, the default: nowhere.</value>
    public IPEndPoint? Grpc { get; init; }

    /// <summary>When somebody else listens at <see cref="Grpc"/> (another coordinator of this machine, say), the node does without, and logs it.</summary>
    public bool GrpcIfFree { get; init; }

    /// <summary>Where health and metrics are served; port 0 for any free one.</summary>
    /// <value>Null, the default: nowhere.</value>
    public IPEndPoint? Http { get; init; }

    /// <summary>As <see cref="GrpcIfFree"/>.</summary>
    public bool HttpIfFree { get; init; }

    /// <summary>Where the command host for <c>pbm</c> listens.</summary>
    /// <value>Null, the default: nowhere.</value>
    public CommandEndpoint? Pbm { get; init; }

    /// <summary>Coordinators to join, where the database cannot tell. None: the database tells, or this node is alone.</summary>
    public ImmutableArray<CoordinatorAddress> Seeds { get; init; } = [];

    /// <summary>HOCON files, the first one strongest.</summary>
    public ImmutableArray<string> HoconFiles { get; init; } = [];

    /// <summary>HOCON text over everything but the fixed settings.</summary>
    public string Hocon { get; init; } = "";
}
