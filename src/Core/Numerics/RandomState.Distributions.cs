namespace Optuna.Numerics;

public sealed partial class RandomState
{
    /// <summary><c>uniform(low, high)</c>: in [low, high), or (high, low] when they are swapped.</summary>
    /// <exception cref="ArgumentException">high − low is not finite.</exception>
    public double Uniform(double low, double high)
    {
        var range = high - low;
        if (!double.IsFinite(range))
            throw new ArgumentException($"The range from low {low:R} to high {high:R} is too wide for a double.", nameof(high));
        return low + (range * NextDouble());
    }

    /// <summary><c>uniform(lows, highs)</c>: one number per pair of bounds, in order.</summary>
    public void Uniform(ReadOnlySpan<double> lows, ReadOnlySpan<double> highs, Span<double> destination)
    {
        if (lows.Length != highs.Length || lows.Length != destination.Length)
            throw new ArgumentException($"lows, highs and destination must be equally long, but are {lows.Length}, {highs.Length} and {destination.Length}.", nameof(destination));
        for (var i = 0; i < lows.Length; i++)
            if (!double.IsFinite(highs[i] - lows[i]))
                throw new ArgumentException($"The range from low {lows[i]:R} to high {highs[i]:R} is too wide for a double.", nameof(highs));

        NextDoubles(destination);
        for (var i = 0; i < destination.Length; i++)
            destination[i] = lows[i] + ((highs[i] - lows[i]) * destination[i]);
    }

    /// <summary>A standard normal number by Marsaglia's polar method; every second one was made by the draw before.</summary>
    public double NextGaussian()
    {
        if (_hasGauss)
        {
            var ready = _gauss;
            (_hasGauss, _gauss) = (false, 0);
            return ready;
        }

        double x1, x2, r2;
        do
        {
            x1 = (2.0 * NextDouble()) - 1.0;
            x2 = (2.0 * NextDouble()) - 1.0;
            r2 = (x1 * x1) + (x2 * x2);
        }
        while (r2 >= 1.0 || r2 == 0.0);

        var f = Math.Sqrt(-2.0 * Math.Log(r2) / r2);
        (_hasGauss, _gauss) = (true, f * x1);
        return f * x2;
    }

    /// <summary>Fills <paramref name="destination"/> as <c>randn(n)</c> does.</summary>
    public void NextGaussians(Span<double> destination)
    {
        foreach (ref var value in destination)
            value = NextGaussian();
    }

    /// <summary><c>normal(mean, standardDeviation)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="standardDeviation"/> is negative.</exception>
    public double Normal(double mean, double standardDeviation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(standardDeviation);
        return mean + (standardDeviation * NextGaussian());
    }

    /// <summary><c>randint(low, high)</c>: a whole number in [low, high), by masking and rejecting.</summary>
    /// <exception cref="ArgumentException">low is not below high.</exception>
    public long NextInt64(long low, long high)
    {
        if (low >= high)
            throw new ArgumentException($"low must be below high, but low is {low} and high is {high}.", nameof(low));
        return (long)((ulong)low + Bounded((ulong)high - (ulong)low - 1));
    }

    /// <summary><c>randint(n)</c>, and equally <c>choice(n)</c>: a whole number in [0, n).</summary>
    public int NextIndex(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        return (int)Bounded((uint)(n - 1));
    }

    // Bits above the highest one of `max` are masked off and what is still above `max` is thrown away. A range that fits
    // 32 bits takes one word a try, a wider one two; a range of one value takes none.
    private ulong Bounded(ulong max)
    {
        if (max == 0)
            return 0;
        var mask = ulong.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(max);
        ulong value;
        do
        {
            value = (max <= uint.MaxValue ? _words.Next() : NextUInt64()) & mask;
        }
        while (value > max);
        return value;
    }
}
