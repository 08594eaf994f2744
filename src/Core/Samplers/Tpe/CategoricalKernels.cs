using Optuna.Numerics;

namespace Optuna.Samplers.Tpe;

/// <summary>
/// Probabilities of choices: each observation's kernel favours its own choice over a uniform share of the prior's weight,
/// and the last kernel is uniform.
/// </summary>
internal sealed class CategoricalKernels(TpeParameter parameter) : KernelColumn
{
    // Up to so many choices every row is added up as NumPy does, which depends on where the favoured choice stands.
    private const int ExactSums = 32;

    private readonly KernelTable _table = new();
    private readonly double[] _own = new double[parameter.Choices];
    private readonly double[] _other = new double[parameter.Choices];
    private readonly double[] _scratch = new double[parameter.Choices];
    private double _prior;

    // A kernel's cell is the choice it favours; this one favours none.
    private int PriorCell => parameter.Choices;

    internal override void Fit(
        ReadOnlySpan<double> values, Span<double> constants, ParzenOptions options)
    {
        var n = values.Length;
        _table.Resize(constants.Length);
        for (var i = 0; i < n; i++)
            _table.Cells[i] = (int)values[i];
        _table.Cells[n] = PriorCell;
        Array.Clear(_table.Cells, n + 1, constants.Length - n - 1);

        // Without observations the prior is uniform whatever its weight.
        var share = n == 0 ? 1 : options.PriorWeight / (n + 1);
        Array.Fill(_scratch, share);
        _prior = share == 0 ? 0 : share / PairwiseSum.Of(_scratch);
        var total = 0.0;
        for (var choice = 0; choice < parameter.Choices; choice++)
        {
            _scratch[choice] = share + 1;
            if (choice == 0 || parameter.Choices <= ExactSums)
                total = PairwiseSum.Of(_scratch);
            _scratch[choice] = share;
            (_own[choice], _other[choice]) = ((share + 1) / total, share / total);
        }
    }

    internal override void Sample(
        ReadOnlySpan<int> kernels, ReadOnlySpan<double> quantiles, Candidates candidates, int column)
    {
        for (var i = 0; i < kernels.Length; i++)
        {
            var choice = Draw(_table.Cells[kernels[i]], quantiles[i]);
            candidates.Put(column, i, choice, choice);
        }
    }

    // How many cumulative probabilities are below q; the last one is 1 by decree.
    private int Draw(int cell, double q)
    {
        var cumulative = 0.0;
        for (var choice = 0; choice < parameter.Choices - 1; choice++)
        {
            cumulative += Probability(cell, choice);
            if (!(cumulative < q))
                return choice;
        }
        return parameter.Choices - 1;
    }

    internal override void Prepare(Candidates candidates, int column)
    {
        _table.Prepare(candidates.Values(column), PriorCell + 1);
        for (var d = 0; d < _table.Distinct.Length; d++)
        {
            var row = _table.Row(d);
            for (var cell = 0; cell < row.Length; cell++)
                row[cell] = VectorMath.Log(Probability(cell, (int)_table.Distinct[d]));
        }
    }

    internal override void AddTo(TermBlock block) => _table.AddTo(block);

    private double Probability(int cell, int choice) =>
        cell == PriorCell ? _prior : cell == choice ? _own[cell] : _other[cell];
}
