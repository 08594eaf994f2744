using Optuna.Studies;

namespace Optuna.Samplers.Gp;

/// <summary>Reads <see cref="GpOptions"/> by Optuna's option names.</summary>
internal static class GpOptionsJson
{
    internal static GpOptions Read(ComponentOptions o) => new()
    {
        StartupTrials = o.Int("n_startup_trials", 10),
        DeterministicObjective = o.Flag("deterministic_objective", false),
        WarnIndependentSampling = o.Flag("warn_independent_sampling", true),
    };
}
