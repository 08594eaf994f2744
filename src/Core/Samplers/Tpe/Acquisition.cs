namespace Optuna.Samplers.Tpe;

/// <summary>Picks the candidate with the largest ratio of the good to the poor density.</summary>
internal static class Acquisition
{
    /// <summary>
    /// The first largest of <paramref name="good"/> − <paramref name="poor"/>, both logarithms. Where that is no number
    /// (both −∞) the candidate wins at once, as NumPy's argmax has it.
    /// </summary>
    internal static int Best(ReadOnlySpan<double> good, ReadOnlySpan<double> poor)
    {
        var (best, bestScore) = (0, double.NegativeInfinity);
        for (var i = 0; i < good.Length; i++)
        {
            var score = good[i] - poor[i];
            if (double.IsNaN(score))
                return i;
            if (score > bestScore)
                (best, bestScore) = (i, score);
        }
        return best;
    }
}
