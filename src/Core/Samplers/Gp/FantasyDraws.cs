namespace Optuna.Samplers.Gp;

/// <summary>What a model may show at eight points, draw by draw, together with what it shows at those being tried; and the way back.</summary>
/// <remarks>Draw s of point k is number 128 k + s. Holds buffers: not thread-safe.</remarks>
internal sealed class FantasyDraws(Fantasies fantasies)
{
    private const int Points = Surrogate.Points;
    private const int Draws = Fantasies.Count;

    private readonly double[] _means = new double[Points];
    private readonly double[] _variances = new double[Points];
    private readonly double[] _byMean = new double[Points];
    private readonly double[] _byVariance = new double[Points];

    internal Fantasies Fantasies => fantasies;

    /// <summary>The draws, and after those have been used, how much the score changes with each.</summary>
    internal double[] Values { get; } = new double[Points * Draws];

    /// <summary>Draws at eight points, laid out as in <see cref="Acquisition"/>.</summary>
    internal void Draw(ReadOnlySpan<double> points)
    {
        fantasies.Model.Look(points);
        fantasies.Model.Moments(_means, _variances);
        for (var k = 0; k < Points; k++)
            Draw(k, _means[k], Math.Sqrt(_variances[k] + Acquisition.LeastVariance));
    }

    // What the running points show moves the mean by their features; the rest of the variance is the point's own.
    private void Draw(int k, double mean, double deviation)
    {
        var drawn = Values.AsSpan(k * Draws, Draws);
        var own = fantasies.OwnNormals;
        for (var s = 0; s < Draws; s++)
            drawn[s] = mean + (deviation * own[s]);
        for (var r = 0; r < fantasies.Running; r++)
        {
            var feature = fantasies.Model.Features[((fantasies.Model.Process.Observed + r) * Points) + k];
            var normals = fantasies.Of(r);
            for (var s = 0; s < Draws; s++)
                drawn[s] += feature * normals[s];
        }
    }

    /// <summary>Adds how the score changes with the coordinates of the points drawn for last, by <see cref="Values"/>.</summary>
    internal void Pull(ReadOnlySpan<int> among, Span<double> gradient)
    {
        var model = fantasies.Model;
        var own = fantasies.OwnNormals;
        for (var k = 0; k < Points; k++)
        {
            var slopes = Values.AsSpan(k * Draws, Draws);
            var byMean = 0.0;
            foreach (var slope in slopes)
                byMean += slope;
            _byMean[k] = byMean;
            _byVariance[k] = _variances[k] > 0 ? 0.5 * Dot(slopes, own) / Math.Sqrt(_variances[k] + Acquisition.LeastVariance) : 0;
        }

        model.Weigh(_byMean, _byVariance);
        for (var r = 0; r < fantasies.Running; r++)
        {
            var normals = fantasies.Of(r);
            for (var k = 0; k < Points; k++)
                model.Weights[((model.Process.Observed + r) * Points) + k] += Dot(normals, Values.AsSpan(k * Draws, Draws));
        }

        model.Pull(among, gradient);
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
