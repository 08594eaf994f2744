using System.IO.Compression;
using System.Runtime.InteropServices;
using Optuna.Studies;

namespace Optuna.Bench.Quality.Problems;

/// <summary>One key of a table: a parameter with so many values.</summary>
/// <param name="Labels">The choices of a categorical; empty for an ordered grid, which is asked for as an index from 0.</param>
internal sealed record TableKey(string Name, int Count, params string[] Labels)
{
    public int Suggest(Trial trial) => Labels.Length == 0
        ? trial.SuggestInt(Name, 0, Count - 1)
        : Array.IndexOf(Labels, trial.SuggestCategorical(Name, Labels));
}

/// <summary>A real search space of which every configuration was trained and measured, so that everything about it can be counted.</summary>
internal sealed class HpoTable
{
    private readonly Lazy<double[]> _means;
    private readonly IReadOnlyList<TableKey> _keys;

    /// <param name="seeds">How many measurements a configuration has; some may be missing.</param>
    public HpoTable(string name, StudyDirection direction, int seeds, params IReadOnlyList<TableKey> keys)
    {
        (Name, Direction, _keys) = (name, direction, keys);
        _means = new Lazy<double[]>(() => Read(name, seeds, keys.Aggregate(1, (n, k) => n * k.Count)));
    }

    public string Name { get; }

    public StudyDirection Direction { get; }

    /// <summary>The mean measurement of every configuration, the last key running fastest.</summary>
    public ReadOnlySpan<double> Means => _means.Value;

    public double Optimum => Direction == StudyDirection.Minimize ? _means.Value.Min() : _means.Value.Max();

    public double Evaluate(Trial trial) => _means.Value[Row([.. _keys.Select(key => key.Suggest(trial))])];

    /// <summary>A configuration's loss (the measurement, turned round where more of it is better), and its size.</summary>
    public double[] LossAndSize(Trial trial)
    {
        int[] at = [.. _keys.Select(key => key.Suggest(trial))];
        var mean = _means.Value[Row(at)];
        return [Direction == StudyDirection.Minimize ? mean : -mean, Size!(at)];
    }

    /// <summary>How large the trained model is, from the places of a configuration's keys; null where the table does not tell.</summary>
    public Func<int[], double>? Size { get; init; }

    /// <summary>The worst loss and the greatest size there are.</summary>
    public double[] WorstLossAndSize()
    {
        var (worst, size) = (double.NegativeInfinity, 0.0);
        var at = new int[_keys.Count];
        for (var row = 0; row < Means.Length; row++)
        {
            for (int k = at.Length - 1, left = row; k >= 0; left /= _keys[k].Count, k--)
                at[k] = left % _keys[k].Count;
            worst = Math.Max(worst, Direction == StudyDirection.Minimize ? Means[row] : -Means[row]);
            size = Math.Max(size, Size!(at));
        }

        return [worst, size];
    }

    private int Row(int[] at)
    {
        var row = 0;
        for (var k = 0; k < at.Length; k++)
            row = (row * _keys[k].Count) + at[k];
        return row;
    }

    /// <summary>What random search may expect of its best trial, exactly.</summary>
    /// <param name="trials">Independent, so some may meet the same configuration.</param>
    public double ExpectedBestOfRandom(int trials)
    {
        double[] bestFirst = [.. _means.Value.Order()];
        if (Direction == StudyDirection.Maximize)
            Array.Reverse(bestFirst);
        var (n, sum, reached) = (bestFirst.Length, 0.0, 1.0);
        for (var i = 0; i < n; i++)
        {
            // The chance that all trials are worse than the first i + 1.
            var worse = Math.Pow((double)(n - i - 1) / n, trials);
            sum += bestFirst[i] * (reached - worse);
            reached = worse;
        }

        return sum;
    }

    private static double[] Read(string name, int seeds, int rows)
    {
        using var file = DataFiles.Open($"{name}.f32.gz");
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        unpacked.CopyTo(bytes);
        var values = MemoryMarshal.Cast<byte, float>(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        if (values.Length != rows * seeds)
            throw new InvalidDataException($"Table '{name}' holds {values.Length} numbers; {rows} × {seeds} were expected.");
        var means = new double[rows];
        for (var row = 0; row < rows; row++)
            means[row] = MeanOfKnown(values.Slice(row * seeds, seeds));
        return means;
    }

    private static double MeanOfKnown(ReadOnlySpan<float> values)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in values)
        {
            if (!float.IsNaN(value))
                (sum, count) = (sum + value, count + 1);
        }

        return sum / count;
    }
}
