namespace Optuna.Samplers.CmaEs;

/// <summary>Where drawn points must lie: a box, open in dimensions whose ends are infinite.</summary>
internal sealed class UnitBounds(double[] low, double[] high)
{
    internal static UnitBounds Cube(int dimension)
    {
        var high = new double[dimension];
        Array.Fill(high, 1);
        return new UnitBounds(new double[dimension], high);
    }

    internal static UnitBounds None(int dimension)
    {
        var (low, high) = (new double[dimension], new double[dimension]);
        Array.Fill(low, double.NegativeInfinity);
        Array.Fill(high, double.PositiveInfinity);
        return new UnitBounds(low, high);
    }

    internal bool Contain(ReadOnlySpan<double> x)
    {
        for (var i = 0; i < low.Length; i++)
            if (!(x[i] >= low[i] && x[i] <= high[i]))
                return false;
        return true;
    }

    internal void Clip(Span<double> x)
    {
        for (var i = 0; i < low.Length; i++)
            x[i] = Math.Clamp(x[i], low[i], high[i]);
    }
}
