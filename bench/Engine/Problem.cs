namespace Optuna.Bench;

/// <summary>An objective that costs next to nothing, so that what is timed is the engine.</summary>
/// <param name="Objective">Null with several objectives.</param>
/// <param name="Several">Null with one.</param>
internal sealed record Problem(string Name, Func<Trial, double>? Objective, Func<Trial, double[]>? Several = null, int Objectives = 1)
{
    private static readonly string[] Choices = ["a", "b", "c", "d", "e"];
    private static readonly string[] Activations = ["relu", "tanh", "gelu", "none"];

    private static readonly Problem[] Known =
    [
        new("quad3", Quad3),
        new("sphere10", SphereOf(10)),
        new("mixed10", Mixed10),
        new("sphere40", SphereOf(40)),
        new("sphere5", SphereOf(5)),
        new("mo2", null, Zdt1Of(10), 2),
        new("mo3", null, Dtlz2Of(10), 3),
        new("mo40", null, Zdt1Of(40), 2),
        new("optuna-2d", Optuna2d),
        new("optuna-mixed", OptunaMixed),
    ];

    public static IReadOnlyCollection<string> Names { get; } = [.. Known.Select(p => p.Name)];

    public static Problem Of(string name) => Known.Single(p => p.Name == name);

    public void Optimize(Study study, int trials, TimeSpan? timeout = null)
    {
        if (Several is null)
            study.Optimize(Objective!, trials, timeout);
        else
            study.Optimize(Several, trials, timeout);
    }

    /// <summary>Asks for a trial's parameters; what it returns tells the result.</summary>
    public Action<Study> Evaluate(Trial trial)
    {
        if (Several is not null)
        {
            var values = Several(trial);
            return study => study.Tell(trial, values);
        }

        var value = Objective!(trial);
        return study => study.Tell(trial, value);
    }

    // ZDT1: Zitzler, Deb and Thiele 2000.
    private static Func<Trial, double[]> Zdt1Of(int dimensions)
    {
        string[] names = [.. Enumerable.Range(0, dimensions).Select(i => $"x{i}")];
        return trial =>
        {
            var f = trial.SuggestFloat(names[0], 0, 1);
            var sum = 0.0;
            for (var i = 1; i < names.Length; i++)
                sum += trial.SuggestFloat(names[i], 0, 1);
            var g = 1 + (9 * sum / (names.Length - 1));
            return [f, g * (1 - Math.Sqrt(f / g))];
        };
    }

    // DTLZ2 of three objectives: Deb et al. 2005.
    private static Func<Trial, double[]> Dtlz2Of(int dimensions)
    {
        string[] names = [.. Enumerable.Range(0, dimensions).Select(i => $"x{i}")];
        return trial =>
        {
            var a = trial.SuggestFloat(names[0], 0, 1) * Math.PI / 2;
            var b = trial.SuggestFloat(names[1], 0, 1) * Math.PI / 2;
            var g = 1.0;
            for (var i = 2; i < names.Length; i++)
            {
                var x = trial.SuggestFloat(names[i], 0, 1) - 0.5;
                g += x * x;
            }

            return [g * Math.Cos(a) * Math.Cos(b), g * Math.Cos(a) * Math.Sin(b), g * Math.Sin(a)];
        };
    }

    /// <summary>Two floats and an int, all 0..10.</summary>
    private static double Quad3(Trial trial)
    {
        var x = trial.SuggestFloat("x", 0, 10);
        var y = trial.SuggestFloat("y", 0, 10);
        var z = trial.SuggestInt("z", 0, 10);
        return ((x - 2) * (x - 2)) + ((y - 5) * (y - 5)) + ((z - 7) * (z - 7));
    }

    /// <summary>Floats −5..5.</summary>
    private static Func<Trial, double> SphereOf(int dimensions)
    {
        string[] names = [.. Enumerable.Range(0, dimensions).Select(i => $"x{i}")];
        return trial =>
        {
            var sum = 0.0;
            foreach (var name in names)
            {
                var x = trial.SuggestFloat(name, -5, 5);
                sum += x * x;
            }

            return sum;
        };
    }

    /// <summary>Two linear and two logarithmic floats, three ints (one in steps of 5), three categoricals of five choices.</summary>
    private static double Mixed10(Trial trial)
    {
        var a = trial.SuggestFloat("a", -5, 5);
        var b = trial.SuggestFloat("b", -5, 5);
        var c = Math.Log10(trial.SuggestFloat("c", 1e-5, 1, log: true)) + 3;
        var d = Math.Log10(trial.SuggestFloat("d", 1e-5, 1, log: true)) + 2;
        var i = trial.SuggestInt("i", 0, 20) - 10;
        var j = trial.SuggestInt("j", 1, 50) - 25;
        var k = trial.SuggestInt("k", 0, 100, step: 5) - 50;
        var worse = 0;
        foreach (var name in (ReadOnlySpan<string>)["p", "q", "r"])
        {
            if (trial.SuggestCategorical(name, Choices) != "c")
                worse++;
        }

        return (a * a) + (b * b) + (c * c) + (d * d) + (i * i / 100.0) + (j * j / 625.0) + (k * k / 2500.0) + worse;
    }

    /// <summary>The two floats that Optuna's speed was measured on.</summary>
    private static double Optuna2d(Trial trial)
    {
        var x = trial.SuggestFloat("x", -5, 5);
        var y = trial.SuggestFloat("y", -5, 5);
        return (x * x) + (y * y);
    }

    /// <summary>The ten parameters that Optuna's speed was measured on: six floats, one on a grid, three ints, a categorical.</summary>
    private static double OptunaMixed(Trial trial)
    {
        var sum = 0.0;
        foreach (var name in (ReadOnlySpan<string>)["f0", "f1", "f2", "f3"])
        {
            var f = trial.SuggestFloat(name, -5, 5);
            sum += f * f;
        }

        var rate = Math.Log10(trial.SuggestFloat("lr", 1e-5, 1, log: true)) + 3;
        var drop = trial.SuggestFloat("drop", 0, 1, step: 0.05) - 0.3;
        var i = (trial.SuggestInt("i0", 0, 100) - 30) / 50.0;
        var j = (trial.SuggestInt("i1", 0, 100) - 70) / 50.0;
        var units = Math.Log2(trial.SuggestInt("units", 1, 1024, log: true)) - 7;
        var activation = trial.SuggestCategorical("act", Activations) switch { "relu" => 0, "tanh" => 0.1, "gelu" => 0.2, _ => 1 };
        return sum + (rate * rate) + (drop * drop) + (i * i) + (j * j) + (units * units / 10) + activation;
    }
}
