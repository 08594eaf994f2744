namespace Optuna.Cluster.Security;

/// <summary>What the bearer of a token may do; each role may also do what the ones before it may.</summary>
public enum TokenRole
{
    /// <summary>Look at studies, trials and metrics.</summary>
    Read = 1,

    /// <summary>Create studies and trials, and change them.</summary>
    Write = 2,

    /// <summary>What cannot be undone or concerns everybody: delete studies, order nodes about.</summary>
    Admin = 3,
}
