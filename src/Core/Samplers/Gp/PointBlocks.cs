namespace Optuna.Samplers.Gp;

/// <summary>Evaluates any number of points eight at a time.</summary>
internal sealed class PointBlocks(Acquisition acquisition, int dimensions)
{
    private const int Points = Acquisition.Points;

    private readonly double[] _block = new double[dimensions * Points];
    private readonly double[] _slopes = new double[dimensions * Points];
    private readonly double[] _values = new double[Points];

    /// <summary>Values at points that lie row by row.</summary>
    internal void Evaluate(ReadOnlySpan<double> rows, Span<double> values) => Evaluate(rows, values, [], []);

    /// <summary>Values and gradients at points that lie row by row.</summary>
    /// <param name="among">Dimensions the gradient is wanted of.</param>
    /// <param name="gradients">Rows as the points' rows; other dimensions are 0.</param>
    internal void Evaluate(ReadOnlySpan<double> rows, Span<double> values, ReadOnlySpan<int> among, Span<double> gradients)
    {
        var count = values.Length;
        for (var first = 0; first < count; first += Points)
        {
            // A last block that is not full repeats its last point.
            for (var k = 0; k < Points; k++)
            {
                var row = rows.Slice(Math.Min(first + k, count - 1) * dimensions, dimensions);
                for (var d = 0; d < dimensions; d++)
                    _block[(d * Points) + k] = row[d];
            }

            acquisition.Evaluate(_block, _values, among, gradients.IsEmpty ? [] : _slopes);
            var used = Math.Min(Points, count - first);
            _values.AsSpan(0, used).CopyTo(values[first..]);
            if (gradients.IsEmpty)
                continue;
            for (var k = 0; k < used; k++)
            for (var d = 0; d < dimensions; d++)
                gradients[((first + k) * dimensions) + d] = _slopes[(d * Points) + k];
        }
    }
}
