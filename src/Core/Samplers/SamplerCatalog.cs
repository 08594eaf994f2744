using Optuna.Studies;

namespace Optuna.Samplers;

/// <summary>Samplers by name, with Optuna's option names: what a study stores.</summary>
public static class SamplerCatalog
{
    private static readonly Dictionary<string, Func<ComponentOptions, ISampler>> Makers = new(StringComparer.Ordinal)
    {
        ["random"] = _ => new RandomSampler(),
    };

    public static IEnumerable<string> Names => Makers.Keys;

    /// <summary>TPE for one objective, random for several.</summary>
    public static ComponentSpec Default(int objectives) => new(objectives == 1 ? "tpe" : "random");

    /// <exception cref="ArgumentException">No sampler of that name, an unknown option, or a value out of range.</exception>
    public static ISampler Create(ComponentSpec spec)
    {
        if (!Makers.TryGetValue(spec.Name, out var make))
            throw new ArgumentException($"There is no sampler '{spec.Name}'; there are {string.Join(", ", Names)}.");
        var options = new ComponentOptions(spec);
        var sampler = make(options);
        options.Done();
        return sampler;
    }
}
