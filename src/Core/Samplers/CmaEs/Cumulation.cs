namespace Optuna.Samplers.CmaEs;

/// <summary>The two evolution paths and the step size, which full and separable covariance matrices share.</summary>
/// <remarks>Equations of Hansen's tutorial, arXiv 1604.00772.</remarks>
internal sealed class Cumulation(StrategyParameters p, double sigma)
{
    // Beyond it a step size means nothing, and its square would overflow.
    private const double LargestSigma = 1e32;

    private readonly double[] _pSigma = new double[p.Dimension];
    private readonly double[] _pc = new double[p.Dimension];

    /// <summary>σ.</summary>
    internal double Sigma { get; set; } = sigma;

    /// <summary>p_c.</summary>
    internal ReadOnlySpan<double> Path => _pc;

    /// <summary>Moves both paths by the generation's step and σ with them.</summary>
    /// <param name="step">⟨y⟩_w.</param>
    /// <param name="whitened">C^(−1/2) ⟨y⟩_w.</param>
    /// <param name="generation">Of the distribution that comes out: 1 after the first update.</param>
    /// <param name="limited">σ may grow by a factor of e at most (Hansen 2011, arXiv 1110.4181, with Δσ_max = 1).</param>
    /// <returns>h_σ: false when the step is so long that p_c stands still.</returns>
    internal bool Advance(ReadOnlySpan<double> step, ReadOnlySpan<double> whitened, int generation, bool limited)
    {
        // (43)
        var pull = Math.Sqrt(p.CSigma * (2 - p.CSigma) * p.MuEff);
        var norm = 0.0;
        for (var i = 0; i < _pSigma.Length; i++)
        {
            _pSigma[i] = ((1 - p.CSigma) * _pSigma[i]) + (pull * whitened[i]);
            norm += _pSigma[i] * _pSigma[i];
        }

        // (44)
        norm = Math.Sqrt(norm);
        var growth = p.CSigma / p.DSigma * ((norm / p.ChiN) - 1);
        Sigma = Math.Min(Sigma * Math.Exp(limited ? Math.Min(growth, 1) : growth), LargestSigma);

        // h_σ, p. 28
        var h = norm / Math.Sqrt(1 - Math.Pow(1 - p.CSigma, 2 * (generation + 1))) < (1.4 + (2.0 / (p.Dimension + 1))) * p.ChiN;

        // (45)
        pull = h ? Math.Sqrt(p.Cc * (2 - p.Cc) * p.MuEff) : 0;
        for (var i = 0; i < _pc.Length; i++)
            _pc[i] = ((1 - p.Cc) * _pc[i]) + (pull * step[i]);
        return h;
    }

    /// <summary>What remains of the old covariance matrix in (47), where δ(h_σ) makes up for a path that stood still.</summary>
    internal double Retained(bool h) => 1 + (p.C1 * (h ? 0 : p.Cc * (2 - p.Cc))) - p.C1 - (p.CMu * p.WeightSum);

    internal void Restart(double sigma)
    {
        Sigma = sigma;
        Array.Clear(_pSigma);
        Array.Clear(_pc);
    }
}
