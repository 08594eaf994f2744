namespace Optuna.Bench.Quality.Statistics;

/// <summary>Points between which a quarter of the values lies each, interpolated linearly between ranks as NumPy's are.</summary>
internal readonly record struct Quartiles(double Q25, double Median, double Q75)
{
    /// <param name="values">At least one; infinities are numbers like others.</param>
    public static Quartiles Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
            throw new ArgumentException("There are no values to take quartiles of.");
        double[] sorted = [.. values.Order()];
        return new Quartiles(At(sorted, 0.25), At(sorted, 0.5), At(sorted, 0.75));
    }

    private static double At(double[] sorted, double share)
    {
        var rank = share * (sorted.Length - 1);
        var below = (int)rank;
        var part = rank - below;
        return part == 0 ? sorted[below] : sorted[below] == sorted[below + 1] ? sorted[below]
            : sorted[below] + (part * (sorted[below + 1] - sorted[below]));
    }
}
