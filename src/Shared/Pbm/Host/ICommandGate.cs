using Optuna.Cluster.Pbm.Grammar;

namespace Optuna.Cluster.Pbm.Host;

/// <summary>Says what the bearer of a token may do at this node.</summary>
internal interface ICommandGate
{
    /// <summary>Nobody is asked for a token.</summary>
    bool IsOpen { get; }

    /// <param name="token">Null: none was shown.</param>
    Access Of(string? token);
}
