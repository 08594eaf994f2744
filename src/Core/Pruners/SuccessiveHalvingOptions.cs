namespace Optuna.Pruners;

/// <summary>Where the rungs of a <see cref="SuccessiveHalvingPruner"/> lie, and who climbs them. The defaults are those of Optuna 5.</summary>
/// <remarks>A value out of range is an <see cref="ArgumentException"/> that names the option as Optuna does.</remarks>
public sealed record SuccessiveHalvingOptions
{
    /// <summary>Steps before the first rung (when <see cref="MinEarlyStoppingRate"/> is 0).</summary>
    /// <value>At least 1. Default null, Optuna's <c>"auto"</c>: a hundredth of the last step of the complete trials, once there is one.</value>
    public int? MinResource { get; init; }

    /// <summary>Of so many trials at a rung one goes on, to a rung that lies so many times further.</summary>
    /// <value>Default 4; at least 2.</value>
    public int ReductionFactor { get; init; } = 4;

    /// <summary>How many rungs are left out at the beginning.</summary>
    /// <value>Default 0; at least 0.</value>
    public int MinEarlyStoppingRate { get; init; }

    /// <summary>Nobody goes on from a rung before more trials than this have come to it.</summary>
    /// <value>Default 0; at least 0, and 0 when <see cref="MinResource"/> is automatic.</value>
    public int BootstrapCount { get; init; }

    internal void Check()
    {
        if (MinResource is { } least)
            OptionRange.AtLeast("min_resource", 1, least);
        OptionRange.AtLeast("reduction_factor", 2, ReductionFactor);
        OptionRange.AtLeast("min_early_stopping_rate", 0, MinEarlyStoppingRate);
        OptionRange.AtLeast("bootstrap_count", 0, BootstrapCount);
        if (BootstrapCount > 0 && MinResource is null)
            throw new ArgumentException($"'bootstrap_count' must be 0 when 'min_resource' is \"auto\" (it is {BootstrapCount}).");
    }
}
