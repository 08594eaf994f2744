using Optuna.Numerics;

namespace Optuna.Samplers.Nsga.Crossovers;

/// <summary>
/// Unimodal normal distribution crossover: normal around the middle of two parents, along the line through them and, as wide as the
/// third is away from it, across: Kita, Ono and Kobayashi 1999, section 2.
/// </summary>
/// <param name="sigmaXi">Width along the line, 0 or more, in distances of the parents. Optuna draws with its square as standard deviation, which is repeated here.</param>
/// <param name="sigmaEta">Width across, 0 or more and squared likewise; null: 0.35 / √d for d numeric parameters.</param>
public sealed class UndxCrossover(double sigmaXi = 0.5, double? sigmaEta = null) : ICrossover
{
    private readonly double _sigmaXi = OptionRange.Finite(sigmaXi, "sigma_xi");
    private readonly double? _sigmaEta = sigmaEta is { } s ? OptionRange.Finite(s, "sigma_eta") : null;

    public int ParentCount => 3;

    public void Cross(ReadOnlySpan<double[]> parents, ReadOnlySpan<double> lows, ReadOnlySpan<double> highs, int objectives, RandomState random, Span<double> child)
    {
        var n = child.Length;
        var sigma = _sigmaEta ?? 0.35 / Math.Sqrt(n);
        var etas = new double[n];
        foreach (ref var eta in etas.AsSpan())
            eta = random.Normal(0, sigma * sigma);
        var xi = random.Normal(0, _sigmaXi * _sigmaXi);
        var along = Direction(parents[0], parents[1]);
        for (var i = 0; i < n; i++)
            child[i] = ((parents[0][i] + parents[1][i]) / 2) + (xi * (parents[0][i] - parents[1][i]));
        if (n == 1)
            return;
        var across = Across(along);
        var distance = Distance(parents[0], parents[2], along);
        for (var i = 0; i < n; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < n - 1; j++)
                sum += etas[j] * across[j + 1][i];
            child[i] += distance * sum;
        }
    }

    private static double[] Direction(double[] from, double[] to)
    {
        var e = new double[from.Length];
        for (var i = 0; i < e.Length; i++)
            e[i] = to[i] - from[i];
        var length = Math.Max(Norm(e), 1e-10);
        foreach (ref var x in e.AsSpan())
            x /= length;
        return e;
    }

    private static double Distance(double[] from, double[] to, double[] along)
    {
        var dot = 0.0;
        for (var i = 0; i < along.Length; i++)
            dot += (to[i] - from[i]) * along[i];
        var rest = new double[along.Length];
        for (var i = 0; i < rest.Length; i++)
            rest[i] = to[i] - from[i] - (dot * along[i]);
        return Norm(rest);
    }

    /// <summary>
    /// An orthonormal basis whose first vector is ± the direction: Q of the QR decomposition of the direction and the unit vectors 2 to n,
    /// by Householder's reflections with LAPACK's signs, by columns.
    /// </summary>
    private static double[][] Across(double[] along)
    {
        var n = along.Length;
        var a = new double[n][];
        for (var j = 0; j < n; j++)
        {
            a[j] = new double[n];
            a[j][j] = 1;
        }

        if (along.Any(x => x != 0))
            along.CopyTo(a[0], 0);
        var reflectors = new List<(int At, double[] V, double Tau)>();
        for (var k = 0; k < n; k++)
        {
            var below = a[k].AsSpan(k + 1);
            var tail = 0.0;
            foreach (var x in below)
                tail += x * x;
            if (tail == 0)
                continue;
            var alpha = a[k][k];
            var beta = -Math.CopySign(Math.Sqrt((alpha * alpha) + tail), alpha);
            var v = new double[n];
            v[k] = 1;
            for (var i = k + 1; i < n; i++)
                v[i] = a[k][i] / (alpha - beta);
            var reflector = (k, v, (beta - alpha) / beta);
            reflectors.Add(reflector);
            for (var j = k; j < n; j++)
                Reflect(a[j], reflector);
        }

        var q = new double[n][];
        for (var j = 0; j < n; j++)
        {
            q[j] = new double[n];
            q[j][j] = 1;
            for (var r = reflectors.Count - 1; r >= 0; r--)
                Reflect(q[j], reflectors[r]);
        }

        return q;
    }

    private static void Reflect(double[] x, (int At, double[] V, double Tau) reflector)
    {
        var (at, v, tau) = reflector;
        var dot = 0.0;
        for (var i = at; i < x.Length; i++)
            dot += v[i] * x[i];
        for (var i = at; i < x.Length; i++)
            x[i] -= tau * dot * v[i];
    }

    private static double Norm(double[] x)
    {
        var sum = 0.0;
        foreach (var v in x)
            sum += v * v;
        return Math.Sqrt(sum);
    }
}
