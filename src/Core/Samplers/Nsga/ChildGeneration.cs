using Optuna.Numerics;
using Optuna.MultiObjective;
using Optuna.SearchSpaces;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Samplers.Nsga;

/// <summary>NSGA-II's: parents from binary tournaments, crossover or a plain copy, then mutation. Deb et al. 2002, section III-C.</summary>
/// <remarks>
/// A tournament of two trials is won by the one that dominates the other (by constrained domination), else by the second. Crossover is tried
/// again, with other parents, while the child lies outside the space.
/// </remarks>
public sealed class ChildGeneration : IChildGeneration
{
    // Parents far outside their ranges (queued values may be) need not have a child inside.
    private const int Tries = 1000;

    private readonly NsgaOptions _options;
    private readonly ICrossover _crossover;
    private GeneSpace? _genes;

    /// <exception cref="ArgumentException">A population that is smaller than the crossover's number of parents.</exception>
    public ChildGeneration(NsgaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _crossover) = (options, options.CrossoverOrDefault);
        if (options.PopulationSize < _crossover.ParentCount)
            throw new ArgumentException($"population_size must be {_crossover.ParentCount} or more, the number of parents of {_crossover.GetType().Name}, but it is {options.PopulationSize}.");
    }

    public IReadOnlyList<TrialParam> Generate(SamplingContext context, SearchSpace space, IReadOnlyList<int> parents)
    {
        var study = context.Study.Whole;
        var genes = GenesOf(study, space);
        var random = context.Random.Own;
        var child = new List<TrialParam>(space.Count);
        if (random.NextDouble() < _options.CrossoverProb)
            Cross(study, genes, parents, random, child);
        else
            Copy(genes, parents[random.NextIndex(parents.Count)], child);
        Mutate(genes, random, child, _options.MutationProb ?? 1.0 / Math.Max(1, space.Count));
        // A copied value may be outside, if it was queued so.
        child.RemoveAll(p => !p.Distribution.Contains(p.Value));
        return child;
    }

    private static void Copy(GeneSpace genes, int parent, List<TrialParam> child)
    {
        for (var place = 0; place < genes.Space.Count; place++)
            child.Add(genes.Param(place, genes.Value(parent, place)));
    }

    private void Cross(StudyView study, GeneSpace genes, IReadOnlyList<int> population, RandomState random, List<TrialParam> child)
    {
        var k = _crossover.ParentCount;
        if (population.Count < k)
            throw new InvalidOperationException($"{_crossover.GetType().Name} needs {k} parents, but only {population.Count} were chosen.");
        var parents = new int[k];
        var rows = new double[k][];
        var numbers = new double[genes.Numbers.Length];
        for (var left = Tries; ; left--)
        {
            for (var i = 0; i < k; i++)
                parents[i] = Select(study, population, parents.AsSpan(0, i), random);
            child.Clear();
            foreach (var place in genes.Choices)
                child.Add(genes.Param(place, genes.Value(random.NextDouble() >= _options.SwappingProb ? parents[^1] : parents[0], place)));
            if (numbers.Length == 0)
                return;
            for (var i = 0; i < k; i++)
                genes.Transform(parents[i], rows[i] ??= new double[numbers.Length]);
            _crossover.Cross(rows, genes.Lows, genes.Highs, study.Directions.Length, random, numbers);
            if (Place(genes, numbers, child) || left == 0)
                return;
        }
    }

    private static bool Place(GeneSpace genes, double[] numbers, List<TrialParam> child)
    {
        var inside = true;
        for (var i = 0; i < numbers.Length; i++)
        {
            inside &= genes.TryUntransform(numbers[i], genes.Numbers[i], out var value);
            child.Add(genes.Param(genes.Numbers[i], value));
        }

        return inside;
    }

    // Among those not chosen yet, in their order.
    private static int Select(StudyView study, IReadOnlyList<int> population, ReadOnlySpan<int> chosen, RandomState random)
    {
        var n = population.Count - chosen.Length;
        var first = Left(population, chosen, random.NextIndex(n));
        var second = Left(population, chosen, random.NextIndex(n));
        return Dominates(study, first, second) ? first : second;
    }

    private static int Left(IReadOnlyList<int> population, ReadOnlySpan<int> chosen, int place)
    {
        if (chosen.IsEmpty)
            return population[place];
        foreach (var number in population)
        {
            if (!chosen.Contains(number) && place-- == 0)
                return number;
        }

        throw new InvalidOperationException("The parents that were chosen are not all different.");
    }

    private static bool Dominates(StudyView study, int a, int b)
    {
        if (a == b)
            return false;
        var m = study.Directions.Length;
        Span<double> losses = m <= 16 ? stackalloc double[2 * m] : new double[2 * m];
        PointSet.Fill(study, a, losses[..m]);
        PointSet.Fill(study, b, losses[m..]);
        return Domination.Dominates(losses[..m], study.Violation(a), losses[m..], study.Violation(b));
    }

    // Without a mutation of its own a parameter is left out, and so drawn at random.
    private void Mutate(GeneSpace genes, RandomState random, List<TrialParam> child, double probability)
    {
        var kept = 0;
        for (var i = 0; i < child.Count; i++)
        {
            var p = child[i];
            if (random.NextDouble() < probability)
            {
                if (_options.Mutation is not { } mutation || p.Distribution is Distributions.CategoricalDistribution)
                    continue;
                var place = genes.PlaceOf(p.Name);
                var (low, high) = NumericTransform.Bounds(p.Distribution);
                genes.TryUntransform(Math.Clamp(mutation.Mutate(genes.OnLine(p.Value, place), low, high, random), low, high), place, out var value);
                p = p with { Value = value };
            }

            child[kept++] = p;
        }

        child.RemoveRange(kept, child.Count - kept);
    }

    // Spaces change seldom: one is kept, whichever of two threads comes last.
    private GeneSpace GenesOf(StudyView study, SearchSpace space)
    {
        var genes = Volatile.Read(ref _genes);
        if (genes is null || !genes.IsOf(study, space))
            Volatile.Write(ref _genes, genes = new GeneSpace(study, space));
        return genes;
    }
}
