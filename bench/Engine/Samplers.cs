using Optuna.Samplers;
using Optuna.Studies;

namespace Optuna.Bench;

/// <summary>The samplers by the names they are compared under.</summary>
internal static class Samplers
{
    private static readonly Dictionary<string, ComponentSpec> Specs = new(StringComparer.Ordinal)
    {
        ["random"] = new ComponentSpec("random"),
        ["tpe"] = new ComponentSpec("tpe"),
        ["tpe-univariate"] = new ComponentSpec("tpe", """{"multivariate": false}"""),
    };

    public static IReadOnlyCollection<string> Names => Specs.Keys;

    /// <summary>A maker, since a sampler may keep what it learnt of one study.</summary>
    public static Func<ISampler> Create(string name) => () => SamplerCatalog.Create(Specs[name], objectives: 1);
}
