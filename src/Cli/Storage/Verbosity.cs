namespace Optuna.Cli.Storage;

/// <summary>How much stderr gets besides errors.</summary>
internal enum Verbosity
{
    /// <summary>Nothing.</summary>
    Quiet,

    /// <summary>What a verb without a result did.</summary>
    Normal,

    /// <summary>Also the logs of connections and of a storage opened here.</summary>
    Verbose,
}
