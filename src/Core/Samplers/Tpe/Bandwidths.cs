namespace Optuna.Samplers.Tpe;

/// <summary>The range the widths of normal kernels are kept in, and the widths by distance to the neighbours.</summary>
internal readonly struct Bandwidths
{
    private const double SmallestWithoutClip = 1e-12;

    private readonly double _low;
    private readonly double _high;
    private readonly bool _endpoints;

    /// <param name="low">Lower end of the support, on the kernels' scale.</param>
    /// <param name="high">Upper end of it.</param>
    /// <param name="n">Number of observations, the prior not among them.</param>
    /// <param name="options">The clip and the role of the ends.</param>
    internal Bandwidths(double low, double high, int n, ParzenOptions options)
    {
        (_low, _high, _endpoints) = (low, high, options.Endpoints);
        Largest = high - low;
        Smallest = options.MagicClip ? Largest / Math.Min(100, 2 + n) : SmallestWithoutClip;
    }

    internal double Smallest { get; }

    /// <summary>The width of the prior's kernel too.</summary>
    internal double Largest { get; }

    /// <summary>Writes each kernel's width: the larger distance to its two neighbours, clipped.</summary>
    /// <param name="means">Observations on the kernels' scale.</param>
    /// <param name="ascending">The permutation that sorts them.</param>
    /// <param name="widths">In the order of <paramref name="means"/>.</param>
    internal void Fill(ReadOnlySpan<double> means, ReadOnlySpan<int> ascending, Span<double> widths)
    {
        var n = ascending.Length;
        if (n == 0)
            return;
        // Most neighbours in a long history are closer than the smallest width.
        widths[..n].Fill(Smallest);
        var at = ascending[0];
        var left = means[at] - _low;
        for (var rank = 1; rank < n; rank++)
        {
            var next = ascending[rank];
            var right = means[next] - means[at];
            if (Math.Max(left, right) > Smallest)
                widths[at] = Clip(Math.Max(left, right));
            (at, left) = (next, right);
        }

        widths[at] = Clip(Math.Max(left, _high - means[at]));

        // The ends of the range are no neighbours, unless there is no other.
        if (_endpoints || n == 1)
            return;
        widths[ascending[0]] = Clip(means[ascending[1]] - means[ascending[0]]);
        widths[ascending[n - 1]] = Clip(means[ascending[n - 1]] - means[ascending[n - 2]]);
    }

    /// <summary>The width of a kernel this far from its farther neighbour.</summary>
    internal double Clip(double width) => Math.Min(Math.Max(width, Smallest), Largest);
}
