using Optuna.MultiObjective;

namespace Optuna.Samplers.Nsga;

/// <summary>
/// NSGA-III's: front by front, and of the last front those nearest to reference directions that have few chosen trials near them.
/// Deb and Jain 2014 part I, section IV.
/// </summary>
/// <remarks>As in Optuna, values are taken as they are, also of objectives to be maximised.</remarks>
public sealed class ReferenceSelection : IEliteSelection
{
    private readonly int _size;
    private readonly int _divisions;
    private readonly double[][]? _given;
    private double[][]? _points;

    public ReferenceSelection(NsgaIIIOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_size, _divisions) = (options.PopulationSize, options.DividingParameter);
        _given = options.ReferencePoints?.Select(row => row.ToArray()).ToArray();
    }

    public IReadOnlyList<int> Select(SamplingContext context, IReadOnlyList<int> population)
    {
        var study = context.Study.Whole;
        var points = _points ??= _given ?? Spread(study.Directions.Length, _divisions);
        CheckObjectives(study.Directions.Length);
        var ranked = RankedPopulation.Of(study, population);
        return ranked.Choose(_size, (chosen, front, places) =>
        {
            int[] rows = [.. chosen, .. front];
            var normal = Normalization.Of(ranked.Values.Take(rows));
            var niches = new Niches(normal, points, chosen.Count);
            return niches.Choose(places, context.Random.Own).Select(i => front[i]);
        });
    }

    /// <exception cref="ArgumentException">The reference points have another number of coordinates.</exception>
    internal void CheckObjectives(int objectives)
    {
        if (_given is not null && Array.Find(_given, row => row.Length != objectives) is { } row)
            throw new ArgumentException($"A row of reference_points has {row.Length} numbers, but the study has {objectives} objectives.");
    }

    /// <summary>All ways to give <paramref name="divisions"/> equal parts to the axes (Das and Dennis 1998), in lexicographic order of the axes.</summary>
    internal static double[][] Spread(int objectives, int divisions)
    {
        var points = new List<double[]>();
        void Give(double[] point, int axis, int left)
        {
            if (left == 0)
            {
                points.Add(point);
                return;
            }

            for (var next = axis; next < objectives; next++)
            {
                double[] more = [.. point];
                more[next]++;
                Give(more, next, left - 1);
            }
        }

        Give(new double[objectives], 0, divisions);
        return [.. points];
    }
}
