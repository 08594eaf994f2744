using Optuna.Samplers.Nsga.Crossovers;
using Optuna.Samplers.Nsga.Mutations;
using Optuna.Studies;

namespace Optuna.Samplers.Nsga;

/// <summary>Reads <see cref="NsgaOptions"/> by Optuna's option names.</summary>
/// <remarks>
/// <c>crossover</c> and <c>mutation</c> are a name, or an object with name and options: <c>"undx"</c>,
/// <c>{"name": "sbx", "options": {"eta": 15}}</c>.
/// </remarks>
internal static class NsgaOptionsJson
{
    private static readonly Dictionary<string, Func<ComponentOptions, ICrossover>> Crossovers = new(StringComparer.Ordinal)
    {
        ["uniform"] = o => new UniformCrossover(o.Number("swapping_prob", 0.5)),
        ["blxalpha"] = o => new BlxAlphaCrossover(o.Number("alpha", 0.5)),
        ["sbx"] = o => new SbxCrossover(o.OptionalNumber("eta"), o.Number("uniform_crossover_prob", 0.5), o.Number("use_child_gene_prob", 0.5)),
        ["vsbx"] = o => new VsbxCrossover(o.OptionalNumber("eta"), o.Number("uniform_crossover_prob", 0.5), o.Number("use_child_gene_prob", 0.5)),
        ["spx"] = o => new SpxCrossover(o.OptionalNumber("epsilon")),
        ["undx"] = o => new UndxCrossover(o.Number("sigma_xi", 0.5), o.OptionalNumber("sigma_eta")),
    };

    private static readonly Dictionary<string, Func<ComponentOptions, IMutation>> Mutations = new(StringComparer.Ordinal)
    {
        ["polynomial"] = o => new PolynomialMutation(o.Number("eta", 20)),
    };

    internal static NsgaOptions Read(ComponentOptions o) => new()
    {
        PopulationSize = o.Int("population_size", 50),
        Mutation = Part(o, "mutation", Mutations),
        MutationProb = o.OptionalNumber("mutation_prob"),
        Crossover = Part(o, "crossover", Crossovers),
        CrossoverProb = o.Number("crossover_prob", 0.9),
        SwappingProb = o.Number("swapping_prob", 0.5),
    };

    internal static NsgaIIIOptions ReadIII(ComponentOptions o)
    {
        var common = Read(o);
        return new NsgaIIIOptions
        {
            PopulationSize = common.PopulationSize,
            Mutation = common.Mutation,
            MutationProb = common.MutationProb,
            Crossover = common.Crossover,
            CrossoverProb = common.CrossoverProb,
            SwappingProb = common.SwappingProb,
            ReferencePoints = o.List("reference_points")?.Select(Row).ToArray(),
            DividingParameter = o.Int("dividing_parameter", 3),
        };
    }

    private static T? Part<T>(ComponentOptions o, string option, Dictionary<string, Func<ComponentOptions, T>> known)
        where T : class
    {
        if (o.Component(option) is not { } spec)
            return null;
        if (!known.TryGetValue(spec.Name, out var make))
            throw new ArgumentException($"There is no {option} '{spec.Name}'; there are {string.Join(", ", known.Keys)}.");
        var options = new ComponentOptions(spec);
        var part = make(options);
        options.Done();
        return part;
    }

    private static IReadOnlyList<double> Row(object? row) => row is List<object?> numbers && numbers.All(n => n is long or double)
        ? [.. numbers.Select(n => n is long l ? l : (double)n!)]
        : throw new ArgumentException("'reference_points' must be a list of lists of numbers.");
}
