using Optuna.Numerics;
using Optuna.Numerics.Sobol;

namespace Optuna.Samplers.Gp;

/// <summary>
/// What a model may show at points that are being tried: draws from their joint distribution, and for each draw a
/// standard normal number for the point looked at.
/// </summary>
internal sealed class Fantasies
{
    internal const int Count = 128;

    private readonly double[] _normals;

    /// <param name="process">With the running points behind the observed ones.</param>
    internal Fantasies(GaussianProcess process, RandomState random)
        : this(process, Normals(process.Count - process.Observed + 1, random))
    {
    }

    // Whose normal numbers are a column of 128 for each running point and one for the point looked at.
    private Fantasies(GaussianProcess process, double[] normals)
    {
        Model = new Surrogate(process);
        Running = process.Count - process.Observed;
        _normals = normals;
        Values = new double[Count * Running];

        // The features of the running points are the factor's own last columns.
        for (var r = 0; r < Running; r++)
        {
            var column = process.Observed + r;
            var mean = 0.0;
            for (var i = 0; i < process.Observed; i++)
                mean += process.Factor[i, column] * process.Whitened[i];
            for (var s = 0; s < Count; s++)
            {
                var value = mean;
                for (var q = 0; q <= r; q++)
                    value += process.Factor[process.Observed + q, column] * Of(q)[s];
                Values[(r * Count) + s] = value;
            }
        }
    }

    /// <summary>Of several models at the same points, evenly spread over what all of them may show together.</summary>
    internal static Fantasies[] Together(IReadOnlyList<GaussianProcess> processes, RandomState random)
    {
        var columns = processes[0].Count - processes[0].Observed + 1;
        var normals = Normals(columns * processes.Count, random);
        return [.. processes.Select((p, i) => new Fantasies(p, normals.AsSpan(i * columns * Count, columns * Count).ToArray()))];
    }

    internal Surrogate Model { get; }

    /// <summary>How many points are being tried.</summary>
    internal int Running { get; }

    /// <summary>Draw s at running point r is number 128 r + s.</summary>
    internal double[] Values { get; }

    /// <summary>The normal numbers of the point looked at.</summary>
    internal ReadOnlySpan<double> OwnNormals => Of(Running);

    /// <summary>The normal numbers of running point <paramref name="r"/>: the weight of its feature in each draw.</summary>
    internal ReadOnlySpan<double> Of(int r) => _normals.AsSpan(r * Count, Count);

    // Sobol points, moved off the ends by half a digit, through the normal distribution's inverse.
    private static double[] Normals(int dimensions, RandomState random)
    {
        var sobol = SobolSequence.Scrambled(dimensions, random);
        var normals = new double[dimensions * Count];
        for (var d = 0; d < dimensions; d++)
        {
            var column = normals.AsSpan(d * Count, Count);
            sobol.Column(d, column);
            foreach (ref var u in column)
            {
                var inside = u + (0.5 / SobolSequence.Period);
                u = NormalQuantile.At(inside, 1 - inside);
            }
        }

        return normals;
    }
}
