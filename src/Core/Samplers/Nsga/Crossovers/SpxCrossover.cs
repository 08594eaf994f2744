using Optuna.Numerics;

namespace Optuna.Samplers.Nsga.Crossovers;

/// <summary>Simplex crossover: uniform in the widened simplex of three parents. Tsutsui, Goldberg and Sastry 2000.</summary>
/// <param name="epsilon">By how much the simplex is widened, finite; null: √(d + 2) for d numeric parameters.</param>
public sealed class SpxCrossover(double? epsilon = null) : ICrossover
{
    private readonly double? _epsilon = epsilon is { } e ? OptionRange.Finite(e, "epsilon") : null;

    public int ParentCount => 3;

    public void Cross(ReadOnlySpan<double[]> parents, ReadOnlySpan<double> lows, ReadOnlySpan<double> highs, int objectives, RandomState random, Span<double> child)
    {
        var n = ParentCount - 1;
        Span<double> r = stackalloc double[n];
        for (var k = 0; k < n; k++)
            r[k] = Math.Pow(random.NextDouble(), 1.0 / (k + 1));
        var epsilon = _epsilon ?? Math.Sqrt(child.Length + 2);
        for (var i = 0; i < child.Length; i++)
        {
            // Equations 1 to 5: the centre, the widened corners, and the sum along them.
            var centre = (parents[0][i] + parents[1][i] + parents[2][i]) / 3;
            var c = 0.0;
            for (var k = 1; k <= n; k++)
                c = r[k - 1] * (Corner(parents[k - 1][i]) - Corner(parents[k][i]) + c);
            child[i] = Corner(parents[n][i]) + c;

            double Corner(double x) => centre + (epsilon * (x - centre));
        }
    }
}
