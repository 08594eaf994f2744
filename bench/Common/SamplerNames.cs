using Optuna.Samplers;
using Optuna.Studies;

namespace Optuna.Bench;

/// <summary>Samplers by the names they are compared under: those of the catalogue, and short names for some with options.</summary>
internal static class SamplerNames
{
    private static readonly Dictionary<string, ComponentSpec> Aliases = new(StringComparer.Ordinal)
    {
        ["tpe-univariate"] = new("tpe", """{"multivariate": false}"""),
        ["tpe-multivariate"] = new("tpe", """{"multivariate": true}"""),
        ["tpe-group"] = new("tpe", """{"group": true}"""),
        ["cmaes-margin"] = new("cmaes", """{"with_margin": true}"""),
        ["cmaes-separable"] = new("cmaes", """{"use_separable_cma": true}"""),
        ["cmaes-lr-adapt"] = new("cmaes", """{"lr_adapt": true}"""),
        ["nsga2"] = new("nsgaii"),
        ["nsga3"] = new("nsgaiii"),
        ["qmc-scrambled"] = new("qmc", """{"scramble": true}"""),
        ["qmc-halton"] = new("qmc", """{"qmc_type": "halton"}"""),
    };

    private static readonly Lazy<string[]> Found = new(() => [.. SamplerCatalog.Names.Concat(Aliases.Keys).Where(IsUsable)]);

    /// <summary>Those that need no further options, as a grid would.</summary>
    public static IReadOnlyCollection<string> Names => Found.Value;

    /// <exception cref="ArgumentException">There is no such sampler.</exception>
    public static string Checked(string name) => Names.Contains(name)
        ? name
        : throw new ArgumentException($"There is no sampler '{name}'; there are {string.Join(", ", Names)}.");

    /// <summary>A new one, since a sampler may keep what it learnt of one study.</summary>
    public static ISampler Create(string name, int objectives = 1) => SamplerCatalog.Create(Spec(name), objectives);

    private static ComponentSpec Spec(string name) => Aliases.GetValueOrDefault(name) ?? new ComponentSpec(name);

    private static bool IsUsable(string name)
    {
        try
        {
            Create(name);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
