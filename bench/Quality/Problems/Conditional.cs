namespace Optuna.Bench.Quality.Problems;

/// <summary>A space that unfolds while it is asked for: three kinds of model, each with parameters of its own.</summary>
internal static class Conditional
{
    private static readonly string[] Kinds = ["svm", "forest", "mlp"];
    private static readonly string[] Kernels = ["rbf", "linear", "poly"];

    public static double Evaluate(Trial trial) => trial.SuggestCategorical("kind", Kinds) switch
    {
        "svm" => Svm(trial),
        "forest" => Forest(trial),
        _ => Mlp(trial),
    };

    private static double Svm(Trial trial)
    {
        var c = Math.Log10(trial.SuggestFloat("C", 1e-3, 1e3, log: true));
        return 0.15 + (0.02 * Square(c - 1)) + trial.SuggestCategorical("kernel", Kernels) switch
        {
            "rbf" => 0.03 * Square(Math.Log10(trial.SuggestFloat("gamma", 1e-4, 10, log: true)) + 2),
            "linear" => 0.05,
            _ => 0.03 + (0.01 * Square(trial.SuggestInt("degree", 2, 5) - 3)),
        };
    }

    private static double Forest(Trial trial)
    {
        var trees = Math.Log10(trial.SuggestInt("n_estimators", 10, 1000, log: true));
        var depth = trial.SuggestInt("max_depth", 2, 32);
        var features = trial.SuggestFloat("max_features", 0.1, 1, step: 0.1);
        return 0.12 + (0.05 * Square(trees - 2.5)) + (0.0004 * Square(depth - 14)) + (0.1 * Square(features - 0.4));
    }

    private static double Mlp(Trial trial)
    {
        var layers = trial.SuggestInt("n_layers", 1, 4);
        var width = 0.0;
        for (var i = 0; i < layers; i++)
            width += 0.01 * Square(Math.Log2(trial.SuggestInt($"units_l{i}", 8, 512, log: true)) - 6);
        var rate = Math.Log10(trial.SuggestFloat("lr", 1e-5, 1e-1, log: true));
        var dropout = trial.SuggestFloat("dropout", 0, 0.6);
        return 0.1 + (0.01 * Square(layers - 2)) + (width / layers) + (0.03 * Square(rate + 3)) + (0.2 * Square(dropout - 0.2));
    }

    private static double Square(double v) => v * v;
}
