namespace Optuna.Samplers.Gp;

/// <summary>
/// Log expected improvement of a point together with those being tried: the mean over draws of the best of them, each
/// draw's improvement weighed by how feasible it is.
/// </summary>
/// <remarks>Ament et al. 2023, eq. (10), with the plain maximum over the batch; feasibility is a sigmoid of temperature 0.01.</remarks>
internal sealed class BatchAcquisition : Acquisition
{
    private const double Temperature = 1e-2;
    private const double LeastImprovement = 1e-12;
    private const int Draws = Fantasies.Count;

    private static readonly double s_logDraws = Math.Log(Draws);

    private readonly Term[] _terms;
    private readonly double[] _running = new double[Draws];
    private readonly double[] _own = new double[Draws];
    private readonly double[] _shares = new double[Draws * Points];

    /// <param name="objective">Null when no feasible value is known: then only the constraints count.</param>
    internal BatchAcquisition(double[] lengthScales, (Fantasies Fantasies, double Threshold)? objective, IEnumerable<(Fantasies Fantasies, double Threshold)> constraints)
        : base(lengthScales)
    {
        _terms =
        [
            .. objective is { } o ? [new Term(new FantasyDraws(o.Fantasies), o.Threshold, IsConstraint: false)] : Array.Empty<Term>(),
            .. constraints.Select(c => new Term(new FantasyDraws(c.Fantasies), c.Threshold, IsConstraint: true)),
        ];
        var running = _terms[0].Drawn.Fantasies.Running;
        _running.AsSpan().Fill(double.NegativeInfinity);
        for (var r = 0; r < running; r++)
        for (var s = 0; s < Draws; s++)
        {
            var utility = 0.0;
            foreach (var term in _terms)
                utility += term.Utility(term.Drawn.Fantasies.Values[(r * Draws) + s]).Log;
            _running[s] = Math.Max(_running[s], utility);
        }
    }

    internal override void Evaluate(ReadOnlySpan<double> points, Span<double> values, ReadOnlySpan<int> among, Span<double> gradient)
    {
        gradient.Clear();
        foreach (var term in _terms)
            term.Drawn.Draw(points);

        for (var k = 0; k < Points; k++)
            values[k] = Mean(k);
        if (gradient.IsEmpty)
            return;
        foreach (var term in _terms)
            Pull(term, among, gradient);
    }

    // The log of the mean over draws; each draw's share of it, 0 where a running point is the better one.
    private double Mean(int k)
    {
        var largest = double.NegativeInfinity;
        for (var s = 0; s < Draws; s++)
        {
            var own = 0.0;
            foreach (var term in _terms)
                own += term.Utility(term.Drawn.Values[(k * Draws) + s]).Log;
            _own[s] = own;
            largest = Math.Max(largest, Math.Max(own, _running[s]));
        }

        var sum = 0.0;
        for (var s = 0; s < Draws; s++)
            sum += Math.Exp(Math.Max(_own[s], _running[s]) - largest);
        for (var s = 0; s < Draws; s++)
            _shares[(k * Draws) + s] = _own[s] > _running[s] ? Math.Exp(_own[s] - largest) / sum : 0;
        return largest + Math.Log(sum) - s_logDraws;
    }

    private void Pull(Term term, ReadOnlySpan<int> among, Span<double> gradient)
    {
        var values = term.Drawn.Values;
        for (var i = 0; i < values.Length; i++)
            values[i] = _shares[i] * term.Utility(values[i]).Slope;
        term.Drawn.Pull(among, gradient);
    }

    private sealed record Term(FantasyDraws Drawn, double Threshold, bool IsConstraint)
    {
        /// <summary>Log improvement over the threshold, or log sigmoid of what a constraint has to spare; with its derivative.</summary>
        internal (double Log, double Slope) Utility(double value)
        {
            var over = value - Threshold;
            if (!IsConstraint)
                return over > LeastImprovement ? (Math.Log(over), 1 / over) : (Math.Log(LeastImprovement), 0);
            var z = over / Temperature;
            var e = Math.Exp(-Math.Abs(z));
            return (Math.Min(z, 0) - Math.Log(1 + e), (z > 0 ? e : 1) / (1 + e) / Temperature);
        }
    }
}
