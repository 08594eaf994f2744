using Optuna.Studies;

namespace Optuna.Bench.Quality.Problems;

/// <summary>Test functions of several objectives, all to be minimised, by the hypervolume of what is feasible.</summary>
/// <remarks>
/// ZDT: Zitzler, Deb and Thiele 2000. DTLZ: Deb et al. 2005. C2-DTLZ2: Jain and Deb 2014. Binh and Korn 1997. Those of Optuna's own
/// comparison are defined in <c>data/functions.json</c>, which has values to check them with.
/// </remarks>
internal static class SeveralObjectives
{
    private static readonly int[] Marks = [50, 100, 200];

    public static IReadOnlyList<QualityProblem> All { get; } =
    [
        Of("zdt1-10", 10, [1.1, 11], x => Zdt(x[0], x[1..], (f, g) => 1 - Math.Sqrt(f / g))),
        Of("zdt2-10", 10, [1.1, 11], x => Zdt(x[0], x[1..], (f, g) => 1 - Square(f / g))),
        Of("zdt3-10", 10, [1.1, 11], x => Zdt(x[0], x[1..], (f, g) => 1 - Math.Sqrt(f / g) - (f / g * Math.Sin(10 * Math.PI * f)))),
        QualityProblem.Several("zdt4-10", 2, Zdt4, [1.1, 200], Marks),
        Of("zdt6-10", 10, [1.1, 11], Zdt6),
        Of("dtlz1-3obj-7", 7, [500, 500, 500], x => Dtlz1(x, 3)),
        Of("dtlz2-3obj-7", 7, [2.5, 2.5, 2.5], x => Dtlz2(x, 3)),
        Of("dtlz7-3obj-8", 8, [1.1, 1.1, 33], x => Dtlz7(x, 3)),
        QualityProblem.Several("binh-korn", 2, BinhKorn, [140, 50], Marks),
        QualityProblem.Several("c2dtlz2-2obj-6", 2, C2Dtlz2, [2.5, 2.5], Marks),
    ];

    private static QualityProblem Of(string name, int dimensions, double[] reference, Func<double[], double[]> f)
    {
        var space = new Vector(dimensions, 0, 1);
        return QualityProblem.Several(name, reference.Length, trial => f(space.Suggest(trial)), reference, Marks);
    }

    private static double[] Zdt(double f, double[] rest, Func<double, double, double> shape)
    {
        var g = 1 + (9 * rest.Sum() / rest.Length);
        return [f, g * shape(f, g)];
    }

    private static double[] Zdt4(Trial trial)
    {
        var f = trial.SuggestFloat("x0", 0, 1);
        var g = 1.0 + (10 * 9);
        for (var i = 1; i < 10; i++)
        {
            var x = trial.SuggestFloat($"x{i}", -5, 5);
            g += Square(x) - (10 * Math.Cos(4 * Math.PI * x));
        }

        return [f, g * (1 - Math.Sqrt(f / g))];
    }

    private static double[] Zdt6(double[] x)
    {
        var f = 1 - (Math.Exp(-4 * x[0]) * Math.Pow(Math.Sin(6 * Math.PI * x[0]), 6));
        var g = 1 + (9 * Math.Pow(x[1..].Sum() / (x.Length - 1), 0.25));
        return [f, g * (1 - Square(f / g))];
    }

    private static double[] Dtlz1(double[] x, int m)
    {
        var g = 0.0;
        foreach (var v in x.AsSpan(m - 1))
            g += Square(v - 0.5) - Math.Cos(20 * Math.PI * (v - 0.5));
        g = 100 * (x.Length - m + 1 + g);
        return OnShape(x, m, 0.5 * (1 + g), v => v, v => 1 - v);
    }

    private static double[] Dtlz2(double[] x, int m)
    {
        var g = 0.0;
        foreach (var v in x.AsSpan(m - 1))
            g += Square(v - 0.5);
        return OnShape(x, m, 1 + g, v => Math.Cos(v * Math.PI / 2), v => Math.Sin(v * Math.PI / 2));
    }

    // Objective i is a product of the first m − 1 − i coordinates' shares and, but for the first, the next one's remainder.
    private static double[] OnShape(double[] x, int m, double size, Func<double, double> share, Func<double, double> remainder)
    {
        var f = new double[m];
        for (var i = 0; i < m; i++)
        {
            f[i] = size;
            for (var j = 0; j < m - 1 - i; j++)
                f[i] *= share(x[j]);
            if (i > 0)
                f[i] *= remainder(x[m - 1 - i]);
        }

        return f;
    }

    private static double[] Dtlz7(double[] x, int m)
    {
        var g = 1 + (9 * x[(m - 1)..].Sum() / (x.Length - m + 1));
        double[] f = [.. x[..(m - 1)], 0];
        var h = (double)m;
        for (var i = 0; i < m - 1; i++)
            h -= f[i] / (1 + g) * (1 + Math.Sin(3 * Math.PI * f[i]));
        f[m - 1] = (1 + g) * h;
        return f;
    }

    private static double[] BinhKorn(Trial trial)
    {
        var x = trial.SuggestFloat("x", 0, 5);
        var y = trial.SuggestFloat("y", 0, 3);
        trial.SetConstraint("c0", Square(x - 5) + Square(y) - 25);
        trial.SetConstraint("c1", 7.7 - Square(x - 8) - Square(y + 3));
        return [(4 * Square(x)) + (4 * Square(y)), Square(x - 5) + Square(y - 5)];
    }

    private static double[] C2Dtlz2(Trial trial)
    {
        const double r = 0.4;
        var f = Dtlz2(new Vector(6, 0, 1).Suggest(trial), 2);
        var nearAnAxis = double.PositiveInfinity;
        for (var i = 0; i < f.Length; i++)
            nearAnAxis = Math.Min(nearAnAxis, Square(f[i] - 1) + f.Where((_, j) => j != i).Sum(Square) - Square(r));
        trial.SetConstraint("c0", Math.Min(nearAnAxis, f.Sum(v => Square(v - (1 / Math.Sqrt(f.Length)))) - Square(r)));
        return f;
    }

    private static double Square(double v) => v * v;
}
