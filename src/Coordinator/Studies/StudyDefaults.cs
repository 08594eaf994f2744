using Akka.Configuration;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Studies;

namespace Optuna.Coordinator.Studies;

/// <summary>The sampler and pruner of a study whose creator names none: HOCON <c>optuna.study.{sampler,pruner}</c>, else Optuna's.</summary>
/// <param name="Sampler">Null: Optuna's choice by the number of objectives.</param>
/// <param name="Pruner">Null: Optuna's.</param>
internal sealed record StudyDefaults(ComponentSpec? Sampler, ComponentSpec? Pruner)
{
    public static readonly StudyDefaults Optunas = new(null, null);

    /// <exception cref="ArgumentException">No such sampler or pruner, or not such options.</exception>
    public static StudyDefaults From(Config config) => new(
        Read(config, "sampler", spec => SamplerCatalog.Create(spec)), Read(config, "pruner", spec => PrunerCatalog.Create(spec)));

    /// <summary>The wish with everything named.</summary>
    public StudyCommands.CreateStudy Complete(StudyCommands.CreateStudy study) => study with
    {
        Sampler = study.Sampler == ComponentSpec.Default ? SamplerFor(study.Directions.IsDefault ? 0 : study.Directions.Length) : study.Sampler,
        Pruner = study.Pruner == ComponentSpec.Default ? Pruner ?? PrunerCatalog.Default : study.Pruner,
    };

    // The operator's choice may be one for a single objective.
    private ComponentSpec SamplerFor(int objectives)
    {
        try
        {
            if (Sampler is not null)
                SamplerCatalog.Create(Sampler, objectives);
            return Sampler ?? SamplerCatalog.Default;
        }
        catch (ArgumentException)
        {
            return SamplerCatalog.Default;
        }
    }

    private static ComponentSpec? Read(Config config, string kind, Action<ComponentSpec> check)
    {
        var (name, options) = (config.GetString($"optuna.study.{kind}"), config.GetString($"optuna.study.{kind}-kwargs"));
        if (string.IsNullOrEmpty(name))
            return null;
        var spec = string.IsNullOrEmpty(options) ? new ComponentSpec(name) : new ComponentSpec(name, options);
        try
        {
            check(spec);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"HOCON optuna.study.{kind}: {e.Message}", e);
        }

        return spec;
    }
}
