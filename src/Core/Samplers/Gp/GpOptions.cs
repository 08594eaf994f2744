namespace Optuna.Samplers.Gp;

/// <summary>How a <see cref="GpSampler"/> works. The defaults are those of Optuna 5.</summary>
/// <remarks>A value out of range is an <see cref="ArgumentException"/> that names the option as Optuna does.</remarks>
public sealed record GpOptions
{
    public static readonly GpOptions Default = new();

    /// <summary>So many complete trials are waited for, drawing at random meanwhile.</summary>
    /// <value>0 or more.</value>
    public int StartupTrials { get; init => field = OptionRange.AtLeast(0, value, "n_startup_trials"); } = 10;

    /// <summary>The objective has no noise: equal parameters always give equal values.</summary>
    public bool DeterministicObjective { get; init; }

    /// <summary>Say so when a parameter is drawn at random because not every complete trial has it.</summary>
    public bool WarnIndependentSampling { get; init; } = true;
}
