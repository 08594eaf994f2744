namespace Optuna.Samplers.Auto;

/// <summary>Where an <see cref="AutoSampler"/> passes from one sampler to the next.</summary>
/// <remarks>A value out of range is an <see cref="ArgumentException"/> that names the option.</remarks>
public sealed record AutoOptions
{
    public static readonly AutoOptions Default = new();

    /// <summary>So many complete trials are the Gaussian process' share: its time per trial grows with their cube.</summary>
    /// <value>Default 250; 0 or more.</value>
    public int GpTrials { get; init => field = OptionRange.AtLeast(0, value, "n_gp_trials"); } = 250;

    /// <summary>Joint spaces of more parameters are not for the Gaussian process.</summary>
    /// <value>Default 40; 0 or more.</value>
    public int GpParameters { get; init => field = OptionRange.AtLeast(0, value, "n_gp_params"); } = 40;
}
