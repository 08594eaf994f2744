using Optuna.Studies;

namespace Optuna.Bench.Quality.Problems;

/// <summary>The tables in <c>data/tables</c>.</summary>
internal static class HpoTables
{
    private static readonly int[] Marks = [30, 50, 100, 200];

    public static IReadOnlyList<HpoTable> Tables { get; } =
    [
        FeedForward("hpolib-protein_structure"),
        FeedForward("hpolib-naval_propulsion"),
        Network("hpobench-car"),
        Network("hpobench-segment"),
        Cells("nasbench201-cifar10"),
    ];

    public static IReadOnlyList<QualityProblem> All { get; } =
    [
        .. Tables.Select(t => QualityProblem.Single(t.Name, t.Evaluate, Marks, t.Direction)),
        .. Tables.Where(t => t.Size is not null).Select(t => QualityProblem.Several($"{t.Name}-size", 2, t.LossAndSize, t.WorstLossAndSize(), Marks)),
    ];

    // FCNet (Klein and Hutter 2019): validation error.
    private static HpoTable FeedForward(string name) => new(
        name, StudyDirection.Minimize, 4,
        new("activation_fn_1", 2, "relu", "tanh"), new("activation_fn_2", 2, "relu", "tanh"), new("batch_size", 4),
        new("dropout_1", 3), new("dropout_2", 3), new("init_lr", 6), new("lr_schedule", 2, "cosine", "const"),
        new("n_units_1", 6), new("n_units_2", 6))
    {
        // Layers of 16 to 512 units: the decimal digits of the number of weights between them.
        Size = at => Math.Log10(16 << at[^2]) + Math.Log10(16 << at[^1]),
    };

    // HPOBench's neural network (Eggensperger et al. 2021): accuracy.
    private static HpoTable Network(string name) => new(
        name, StudyDirection.Maximize, 5,
        new("alpha", 10), new("batch_size", 10), new("depth", 3), new("learning_rate_init", 10), new("width", 10))
    {
        // One to three layers of 16 to 1024 units in even ratios: the decimal digits of the number of weights.
        Size = at => Math.Log10(at[2] + 1) + (2 * Math.Log10(16 * Math.Pow(64, at[4] / 9.0))),
    };

    // NAS-Bench-201 (Dong and Yang 2020): accuracy in percent; an operation on each of six edges.
    private static HpoTable Cells(string name) => new(
        name, StudyDirection.Maximize, 3,
        [.. Enumerable.Range(0, 6).Select(i => new TableKey($"edge_{i}", 5, "op_0", "op_1", "op_2", "op_3", "op_4"))]);
}
