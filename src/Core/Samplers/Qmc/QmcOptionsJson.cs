using Optuna.Studies;

namespace Optuna.Samplers.Qmc;

/// <summary>Reads <see cref="QmcOptions"/> by Optuna's option names.</summary>
internal static class QmcOptionsJson
{
    internal static QmcOptions Read(ComponentOptions o)
    {
        // Optuna warns of workers that each make up a seed; here a study has one seed, which all its workers share.
        o.Flag("warn_asynchronous_seeding", true);
        return new QmcOptions
        {
            Type = QmcOptions.ParseType(o.Text("qmc_type") ?? "sobol"),
            Scramble = o.Flag("scramble", false),
            Seed = o.Seed("seed"),
            WarnIndependentSampling = o.Flag("warn_independent_sampling", true),
        };
    }
}
