using Optuna.Cluster.Pbm.Host;

namespace Optuna.Worker.Hosting;

/// <summary>What a worker is told.</summary>
public sealed record WorkerOptions
{
    /// <summary>Any coordinator, or several: <c>optuna://HOST:PORT[,HOST:PORT]</c>; with TLS <c>optuna+tls://…</c>.</summary>
    public string Coordinator { get; set; } = "optuna://127.0.0.1:4053";

    /// <summary>How many trials to evaluate at once.</summary>
    /// <value>Default 1; at least 1.</value>
    public int Slots { get; set; } = 1;

    /// <summary>The budget of the study: how many trials it may have in all, whoever evaluates them. Null for no end.</summary>
    public int? NTrials { get; set; }

    /// <summary>Where the command host for <c>pbm</c> listens, as soon as there is a connection. Null, the default: nowhere.</summary>
    public CommandEndpoint? Pbm { get; set; }

    /// <summary>HOCON that goes before the worker's own, for instance <c>optuna.tls</c> (<c>hocon/tls.conf</c>).</summary>
    public string Hocon { get; set; } = "";

    /// <exception cref="ArgumentException">A value out of range; the message names it.</exception>
    public WorkerOptions Validated()
    {
        Cluster.Client.OptunaUrl.Parse(Coordinator);
        if (Slots < 1)
            throw new ArgumentException($"'slots' must be at least 1 (it is {Slots}).");
        if (NTrials < 0)
            throw new ArgumentException($"'n-trials' must not be negative (it is {NTrials}).");
        return this;
    }
}
