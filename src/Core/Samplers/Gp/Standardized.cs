namespace Optuna.Samplers.Gp;

/// <summary>Numbers moved and scaled to mean 0 and standard deviation 1; infinite ones first become the nearest finite one.</summary>
/// <param name="Zero">Where 0 went.</param>
/// <param name="HadInfinite">Some were not finite.</param>
internal sealed record Standardized(double[] Values, double Zero, bool HadInfinite)
{
    private const double LeastDeviation = 1e-10;

    // Squares of larger numbers may overflow.
    private const double Huge = 1e100;

    /// <summary>What the numbers were divided by.</summary>
    internal double Deviation { get; private init; }

    internal static Standardized Of(ReadOnlySpan<double> numbers)
    {
        var (least, greatest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var x in numbers)
        {
            if (double.IsFinite(x))
                (least, greatest) = (Math.Min(least, x), Math.Max(greatest, x));
        }

        if (least > greatest)
            (least, greatest) = (0, 0);
        var values = new double[numbers.Length];
        var had = false;
        var unit = Math.Max(Math.Abs(least), Math.Abs(greatest)) > Huge ? Math.Max(Math.Abs(least), Math.Abs(greatest)) : 1;
        var mean = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            had |= !double.IsFinite(numbers[i]);
            values[i] = (double.IsNaN(numbers[i]) ? least : Math.Clamp(numbers[i], least, greatest)) / unit;
            mean += values[i];
        }

        mean /= values.Length;
        var squares = 0.0;
        foreach (var x in values)
            squares += (x - mean) * (x - mean);
        var deviation = Math.Max(Math.Sqrt(squares / values.Length), LeastDeviation);
        foreach (ref var x in values.AsSpan())
            x = (x - mean) / deviation;
        return new Standardized(values, -mean / deviation, had) { Deviation = deviation * unit };
    }
}
