namespace Optuna.Bench.Quality.Problems;

/// <summary>The test functions with one objective, all to be minimised; <c>data/functions.json</c> defines them and has values to check them with.</summary>
internal static class Functions
{
    private const double StyblinskiTangMinimum = 39.16616570377142;

    private static readonly int[] Marks = [25, 50, 100, 150];

    private static readonly string[] Activations = ["relu", "tanh", "gelu", "none"];

    public static IReadOnlyList<QualityProblem> All { get; } =
    [
        OfShifted("sphere-2", 2, 5, Sphere),
        OfShifted("sphere-5", 5, 5, Sphere),
        OfShifted("sphere-10", 10, 5, Sphere),
        OfVector("rosenbrock-2", new Vector(2, -5, 10), Rosenbrock),
        OfShifted("rastrigin-2", 2, 5.12, Rastrigin),
        OfShifted("rastrigin-10", 10, 5.12, Rastrigin),
        OfShifted("ackley-2", 2, 32.768, Ackley),
        OfShifted("ackley-10", 10, 32.768, Ackley),
        OfVector("levy-5", new Vector(5, -10, 10), Levy),
        OfVector("styblinski-tang-2", new Vector(2, -5, 5), StyblinskiTang),
        QualityProblem.Single("branin", Branin, Marks),
        QualityProblem.Single("mixed10", Mixed10, Marks),
        QualityProblem.Single("conditional", Conditional.Evaluate, Marks),
    ];

    private static QualityProblem OfShifted(string name, int dimensions, double bound, Func<double[], double> f)
    {
        var space = new Vector(dimensions, -bound, bound);
        return QualityProblem.Single(name, trial => f(space.SuggestShifted(trial)), Marks);
    }

    private static QualityProblem OfVector(string name, Vector space, Func<double[], double> f) =>
        QualityProblem.Single(name, trial => f(space.Suggest(trial)), Marks);

    private static double Sphere(double[] z) => z.Sum(Square);

    private static double Rosenbrock(double[] x)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length - 1; i++)
            sum += (100 * Square(x[i + 1] - Square(x[i]))) + Square(1 - x[i]);
        return sum;
    }

    private static double Rastrigin(double[] z) => (10 * z.Length) + z.Sum(v => Square(v) - (10 * Math.Cos(2 * Math.PI * v)));

    private static double Ackley(double[] z) =>
        (-20 * Math.Exp(-0.2 * Math.Sqrt(z.Sum(Square) / z.Length)))
        - Math.Exp(z.Sum(v => Math.Cos(2 * Math.PI * v)) / z.Length) + 20 + Math.E;

    private static double Levy(double[] x)
    {
        var w = Array.ConvertAll(x, v => 1 + ((v - 1) / 4));
        var sum = Square(Math.Sin(Math.PI * w[0]));
        foreach (var v in w.AsSpan(0, w.Length - 1))
            sum += Square(v - 1) * (1 + (10 * Square(Math.Sin((Math.PI * v) + 1))));
        return sum + (Square(w[^1] - 1) * (1 + Square(Math.Sin(2 * Math.PI * w[^1]))));
    }

    private static double StyblinskiTang(double[] x) =>
        (0.5 * x.Sum(v => (Square(v) * Square(v)) - (16 * Square(v)) + (5 * v))) + (StyblinskiTangMinimum * x.Length);

    private static double Branin(Trial trial)
    {
        var x = trial.SuggestFloat("x0", -5, 10);
        var y = trial.SuggestFloat("x1", 0, 15);
        return Square(y - (5.1 / (4 * Square(Math.PI)) * Square(x)) + (5 / Math.PI * x) - 6)
            + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x)) + 10;
    }

    private static double Mixed10(Trial trial)
    {
        var sum = 0.0;
        foreach (var name in (ReadOnlySpan<string>)["f0", "f1", "f2", "f3"])
            sum += Square(trial.SuggestFloat(name, -5, 5));
        sum += Square(Math.Log10(trial.SuggestFloat("lr", 1e-5, 1, log: true)) + 3);
        sum += Square(trial.SuggestFloat("drop", 0, 1, step: 0.05) - 0.3);
        sum += Square((trial.SuggestInt("i0", 0, 100) - 30) / 50.0);
        sum += Square((trial.SuggestInt("i1", 0, 100) - 70) / 50.0);
        sum += Square(Math.Log2(trial.SuggestInt("units", 1, 1024, log: true)) - 7) / 10;
        return sum + trial.SuggestCategorical("act", Activations) switch { "relu" => 0, "tanh" => 0.1, "gelu" => 0.2, _ => 1 };
    }

    private static double Square(double v) => v * v;
}
