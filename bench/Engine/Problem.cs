namespace Optuna.Bench;

/// <summary>An objective that costs next to nothing, so that what is timed is the engine.</summary>
internal sealed record Problem(string Name, Func<Trial, double> Objective)
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
        new("optuna-2d", Optuna2d),
        new("optuna-mixed", OptunaMixed),
    ];

    public static IReadOnlyCollection<string> Names { get; } = [.. Known.Select(p => p.Name)];

    public static Problem Of(string name) => Known.Single(p => p.Name == name);

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
