namespace Optuna.Bench.Quality.Problems;

/// <summary>Parameters x0, x1, … of one range, and the shift that moves an optimum off the middle.</summary>
internal sealed class Vector
{
    private const double GoldenRatio = 0.618033988749895;

    private readonly string[] _names;
    private readonly double[] _shift;

    public Vector(int dimensions, double low, double high)
    {
        (Low, High) = (low, high);
        _names = [.. Enumerable.Range(0, dimensions).Select(i => $"x{i}")];
        _shift = [.. Enumerable.Range(1, dimensions).Select(i => (high - low) * 0.4 * (GoldenRatio * i % 1 - 0.5))];
    }

    public double Low { get; }

    public double High { get; }

    public double[] Suggest(Trial trial) => Array.ConvertAll(_names, name => trial.SuggestFloat(name, Low, High));

    /// <summary>x − o with o_i = (high − low) · 0.4 · (frac(φ (i + 1)) − 1/2).</summary>
    public double[] SuggestShifted(Trial trial)
    {
        var z = Suggest(trial);
        for (var i = 0; i < z.Length; i++)
            z[i] -= _shift[i];
        return z;
    }
}
