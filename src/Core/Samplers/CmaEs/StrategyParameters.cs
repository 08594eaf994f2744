namespace Optuna.Samplers.CmaEs;

/// <summary>The constants of an evolution strategy, which follow from the dimension n and the population size λ alone.</summary>
/// <remarks>Equation numbers are those of N. Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv 1604.00772.</remarks>
internal sealed class StrategyParameters
{
    private StrategyParameters(int dimension, int populationSize)
    {
        (Dimension, PopulationSize) = (dimension, populationSize);
        Mu = populationSize / 2;
        Weights = new double[populationSize];
        ChiN = Math.Sqrt(dimension) * (1 - (1 / (4.0 * dimension)) + (1 / (21.0 * dimension * dimension)));
    }

    /// <summary>n.</summary>
    internal int Dimension { get; }

    /// <summary>λ: how many solutions make a generation.</summary>
    internal int PopulationSize { get; }

    /// <summary>μ: how many of them the mean moves to.</summary>
    internal int Mu { get; }

    /// <summary>w by rank, best first: positive ones add up to 1, negative ones repel.</summary>
    internal double[] Weights { get; }

    internal double WeightSum { get; private set; }

    internal double MuEff { get; private set; }

    /// <summary>Learning rate of the rank-one update.</summary>
    internal double C1 { get; private set; }

    /// <summary>Learning rate of the rank-μ update.</summary>
    internal double CMu { get; private set; }

    internal double CSigma { get; private set; }

    internal double DSigma { get; private set; }

    /// <summary>Backward horizon of the path p_c.</summary>
    internal double Cc { get; private set; }

    /// <summary>E‖N(0, I)‖, p. 28.</summary>
    internal double ChiN { get; }

    // (48)
    internal static int DefaultPopulationSize(int dimension) => 4 + (int)Math.Floor(3 * Math.Log(dimension));

    /// <summary>For a full covariance matrix, with active (negative) weights.</summary>
    internal static StrategyParameters Full(int dimension, int? populationSize = null)
    {
        const double alphaCov = 2;
        double n = dimension;
        var p = new StrategyParameters(dimension, Checked(dimension, populationSize));
        var w = p.Weights;
        for (var i = 0; i < w.Length; i++)
            w[i] = Math.Log((w.Length + 1) / 2.0) - Math.Log(i + 1); // (49)
        var muEff = p.MuEff = Effective(w.AsSpan(0, p.Mu));
        var muEffMinus = Effective(w.AsSpan(p.Mu));

        p.C1 = alphaCov / (((n + 1.3) * (n + 1.3)) + muEff); // (57)
        p.CMu = Math.Min(1 - p.C1 - 1e-8, alphaCov * (muEff - 2 + (1 / muEff)) / (((n + 2) * (n + 2)) + (alphaCov * muEff / 2))); // (58)

        var least = Math.Min(
            1 + (p.C1 / p.CMu), // (50)
            Math.Min(1 + (2 * muEffMinus / (muEff + 2)), // (51)
                (1 - p.C1 - p.CMu) / (n * p.CMu))); // (52)
        var (positive, negative) = (0.0, 0.0);
        foreach (var x in w)
            (positive, negative) = x >= 0 ? (positive + x, negative) : (positive, negative - x);
        for (var i = 0; i < w.Length; i++)
            w[i] *= w[i] >= 0 ? 1 / positive : least / negative; // (53)

        p.CSigma = (muEff + 2) / (n + muEff + 5); // (55)
        p.Cc = (4 + (muEff / n)) / (n + 4 + (2 * muEff / n)); // (56)
        p.Finish();
        return p;
    }

    /// <summary>
    /// For a diagonal covariance matrix: Ros and Hansen, "A Simple Modification in CMA-ES Achieving Linear Time and Space
    /// Complexity", PPSN 2008. The covariance learns (n + 2)/3 times as fast; there are no negative weights.
    /// </summary>
    internal static StrategyParameters Separable(int dimension, int? populationSize = null)
    {
        double n = dimension;
        var p = new StrategyParameters(dimension, Checked(dimension, populationSize));
        var w = p.Weights.AsSpan(0, p.Mu);
        var sum = 0.0;
        for (var i = 0; i < w.Length; i++)
            sum += w[i] = Math.Log(p.Mu + 1) - Math.Log(i + 1);
        foreach (ref var x in w)
            x /= sum;
        var squares = 0.0;
        foreach (var x in w)
            squares += x * x;
        var muEff = p.MuEff = 1 / squares;

        p.C1 = 2 / (((n + 1.3) * (n + 1.3)) + muEff);
        var full = (2 / muEff / ((n + Math.Sqrt(2)) * (n + Math.Sqrt(2))))
            + ((1 - (1 / muEff)) * Math.Min(1, ((2 * muEff) - 1) / (((n + 2) * (n + 2)) + muEff)));
        p.CMu = (n + 2) / 3 * full;
        p.CSigma = (muEff + 2) / (n + muEff + 3);
        p.Cc = 4 / (n + 4);
        p.Finish();
        return p;
    }

    private void Finish()
    {
        DSigma = 1 + (2 * Math.Max(0, Math.Sqrt((MuEff - 1) / (Dimension + 1)) - 1)) + CSigma; // (55)
        foreach (var w in Weights)
            WeightSum += w;
    }

    private static double Effective(ReadOnlySpan<double> weights)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var w in weights)
            (sum, squares) = (sum + w, squares + (w * w));
        return sum * sum / squares;
    }

    private static int Checked(int dimension, int? populationSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        return populationSize switch
        {
            null => DefaultPopulationSize(dimension),
            >= 2 => populationSize.Value,
            _ => throw new ArgumentException($"popsize must be 2 or more, but it is {populationSize}.", nameof(populationSize)),
        };
    }
}
