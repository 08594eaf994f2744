namespace Optuna.Pruners;

/// <summary>How a <see cref="HyperbandPruner"/> divides a study. The defaults are those of Optuna 5.</summary>
/// <remarks>A value out of range is an <see cref="ArgumentException"/> that names the option as Optuna does.</remarks>
public sealed record HyperbandOptions
{
    /// <summary>Steps before the first rung of bracket 0.</summary>
    /// <value>Default 1; at least 1.</value>
    public int MinResource { get; init; } = 1;

    /// <summary>How many steps a trial takes at most.</summary>
    /// <value>At least <see cref="MinResource"/>. Default null, Optuna's <c>"auto"</c>: one more than the last step of the complete trials, once there is one.</value>
    public int? MaxResource { get; init; }

    /// <summary>Of so many trials at a rung one goes on; also by how much the brackets differ.</summary>
    /// <value>Default 3; at least 2.</value>
    public int ReductionFactor { get; init; } = 3;

    /// <summary>In every bracket, nobody goes on from a rung before more trials than this have come to it.</summary>
    /// <value>Default 0; at least 0, and 0 when <see cref="MaxResource"/> is automatic.</value>
    public int BootstrapCount { get; init; }

    internal void Check()
    {
        OptionRange.AtLeast("min_resource", 1, MinResource);
        OptionRange.AtLeast("reduction_factor", 2, ReductionFactor);
        OptionRange.AtLeast("bootstrap_count", 0, BootstrapCount);
        if (MaxResource is { } most && most < MinResource)
            throw new ArgumentException($"'max_resource' must not be less than 'min_resource' (it is {most}, and 'min_resource' is {MinResource}).");
        if (BootstrapCount > 0 && MaxResource is null)
            throw new ArgumentException($"'bootstrap_count' must be 0 when 'max_resource' is \"auto\" (it is {BootstrapCount}).");
    }
}
