using System.Globalization;
using Microsoft.ML.Data;

namespace Optuna.Samples.Quickstart;

/// <summary>One tumour: 30 measurements, and whether it is malignant.</summary>
public sealed class Tumour
{
    public const int FeatureCount = 30;

    [VectorType(FeatureCount)]
    public float[] Features { get; set; } = [];

    public bool Label { get; set; }
}

/// <summary>The table beside this program, cut into folds that hold the classes in equal shares. The same cut on every machine.</summary>
internal static class BreastCancerData
{
    private const int ShuffleSeed = 20240501;

    /// <summary>Row i of the answer is what fold i is tested on; every tumour is in exactly one.</summary>
    public static Tumour[][] ReadFolds(int folds)
    {
        var random = new Random(ShuffleSeed);
        var cut = Enumerable.Range(0, folds).Select(_ => new List<Tumour>()).ToArray();
        var next = 0;
        foreach (var sameClass in Read().GroupBy(t => t.Label))
        {
            var rows = sameClass.ToArray();
            random.Shuffle(rows);
            foreach (var row in rows)
                cut[next++ % folds].Add(row);
        }

        return [.. cut.Select(fold => fold.ToArray())];
    }

    private static IEnumerable<Tumour> Read()
    {
        // Beside this assembly, not beside the program: a worker process may have loaded it from elsewhere.
        var folder = Path.GetDirectoryName(typeof(BreastCancerData).Assembly.Location)!;
        foreach (var line in File.ReadLines(Path.Combine(folder, "data", "breast_cancer.csv")).Skip(1))
        {
            var cells = line.Split(',');
            yield return new Tumour
            {
                Features = [.. cells.Take(Tumour.FeatureCount).Select(c => float.Parse(c, CultureInfo.InvariantCulture))],
                Label = cells[Tumour.FeatureCount] == "0",
            };
        }
    }
}
