using Optuna.Studies;

namespace Optuna.Tests.Parity;

/// <summary>The problems of the recorded sequences; all minimised but for the second objective of "traded".</summary>
internal static class ParityProblems
{
    private static readonly string[] s_letters = ["p", "q", "r", "s"];

    public static Func<Trial, double[]> Of(string problem) => problem switch
    {
        "quad" => One(Quad),
        "sphere5" => One(Sphere5),
        "mixed" => One(Mixed),
        "conditional" => One(Conditional),
        "two-objectives" => TwoObjectives,
        "three-objectives" => ThreeObjectives,
        "traded" => Traded,
        "pruned-median" => One(PrunedMedian),
        "constrained" => One(Constrained),
        _ => throw new ArgumentException($"There is no problem '{problem}'."),
    };

    public static StudyDirection[] Directions(string problem) => problem switch
    {
        "two-objectives" => [StudyDirection.Minimize, StudyDirection.Minimize],
        "three-objectives" => [StudyDirection.Minimize, StudyDirection.Minimize, StudyDirection.Minimize],
        "traded" => [StudyDirection.Minimize, StudyDirection.Maximize],
        _ => [StudyDirection.Minimize],
    };

    private static Func<Trial, double[]> One(Func<Trial, double> objective) => trial => [objective(trial)];

    private static double Quad(Trial trial)
    {
        var x = trial.SuggestFloat("x", -10, 10);
        return (x - 2) * (x - 2);
    }

    private static double Sphere5(Trial trial)
    {
        var sum = 0.0;
        for (var i = 0; i < 5; i++)
        {
            var x = trial.SuggestFloat($"x{i}", -5, 5);
            sum += x * x;
        }

        return sum;
    }

    private static double Mixed(Trial trial)
    {
        var a = trial.SuggestCategorical("a", s_letters);
        var n = trial.SuggestInt("n", 1, 64, log: true);
        var s = trial.SuggestFloat("s", 0, 1, step: 0.05);
        var l = trial.SuggestFloat("l", 1e-5, 1, log: true);
        var k = trial.SuggestInt("k", 0, 100, step: 5);
        var letter = a switch { "p" => 0, "q" => 0.5, "r" => 1, _ => 2.0 };
        return letter + Math.Abs(Math.Log2(n) - 3) + 10 * (s - 0.35) * (s - 0.35) + Math.Abs(Math.Log10(l) + 2) + Math.Abs(k - 40) / 50.0;
    }

    private static double Conditional(Trial trial)
    {
        if (trial.SuggestCategorical("m", "svm", "rf") == "svm")
        {
            var c = trial.SuggestFloat("c", 1e-4, 1e4, log: true);
            var kernel = trial.SuggestCategorical("kernel", "rbf", "lin");
            return Math.Abs(Math.Log10(c) - 1) + (kernel == "rbf" ? 0 : 0.5);
        }

        var depth = trial.SuggestInt("depth", 1, 32);
        var frac = trial.SuggestFloat("frac", 0.1, 1);
        return Math.Abs(depth - 11) / 8.0 + Math.Abs(frac - 0.6) + 0.2;
    }

    private static double[] TwoObjectives(Trial trial)
    {
        var x0 = trial.SuggestFloat("x0", 0, 1);
        var rest = 0.0;
        for (var i = 1; i < 4; i++)
            rest += trial.SuggestFloat($"x{i}", 0, 1);
        var g = 1 + 9 * rest / 3;
        return [x0, g * (1 - Math.Sqrt(x0 / g))];
    }

    private static double[] ThreeObjectives(Trial trial)
    {
        var x = Enumerable.Range(0, 4).Select(i => trial.SuggestFloat($"x{i}", 0, 1)).ToArray();
        var g = 1 + (x[2] - 0.5) * (x[2] - 0.5) + (x[3] - 0.5) * (x[3] - 0.5);
        var (a, b) = (x[0] * Math.PI / 2, x[1] * Math.PI / 2);
        return [g * Math.Cos(a) * Math.Cos(b), g * Math.Cos(a) * Math.Sin(b), g * Math.Sin(a)];
    }

    // Ties, choices, grids, a constraint, and an objective to be maximised.
    private static double[] Traded(Trial trial)
    {
        var n = trial.SuggestInt("n", 1, 64, log: true);
        var k = trial.SuggestInt("k", 0, 20);
        var c = trial.SuggestCategorical("c", "p", "q", "r");
        var l = trial.SuggestFloat("l", 1e-4, 1, log: true);
        trial.SetConstraint("c0", k - 15);
        return [Math.Abs(Math.Log10(l) + 2) + (c == "p" ? 0 : 1), Math.Floor(Math.Log2(n)) + (c == "q" ? 1 : 0) + k / 4];
    }

    private static double PrunedMedian(Trial trial)
    {
        var x = trial.SuggestFloat("x", -3, 3);
        var y = trial.SuggestFloat("y", -3, 3);
        var value = (x - 1) * (x - 1) + (y + 1) * (y + 1);
        for (var step = 0; step < 6; step++)
        {
            trial.Report(value + 0.3 * (6 - step) * Math.Abs(Math.Sin(3 * x + step)), step);
            if (trial.ShouldPrune())
                throw new TrialPrunedException();
        }

        return value;
    }

    private static double Constrained(Trial trial)
    {
        var x = trial.SuggestFloat("x", -5, 5);
        var y = trial.SuggestFloat("y", -5, 5);
        trial.SetConstraint("c0", 1 - x - y);
        return x * x + y * y;
    }
}
