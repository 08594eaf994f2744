using System.Runtime.InteropServices;
using Optuna.MultiObjective;

namespace Optuna.Samplers.Nsga;

/// <summary>NSGA-II's: front by front, of the last front those with the most room around them. Deb et al. 2002, section III.</summary>
/// <param name="populationSize">How many to choose; 2 or more.</param>
public sealed class CrowdingSelection(int populationSize) : IEliteSelection
{
    private readonly int _size = OptionRange.AtLeast(2, populationSize, "population_size");

    public IReadOnlyList<int> Select(SamplingContext context, IReadOnlyList<int> population)
    {
        var ranked = RankedPopulation.Of(context.Study.Whole, population);
        return ranked.Choose(_size, (_, front, places) =>
        {
            CrowdingDistance.Sort(ranked.Values, CollectionsMarshal.AsSpan(front));
            return front.Take(places);
        });
    }
}
