namespace Optuna.Samplers.Tpe.Mixture;

/// <summary>
/// Probabilities of choices: each observation's kernel favours its own choice over a uniform share of the prior's weight,
/// and the prior's kernel is uniform. A kernel's cell is its choice.
/// </summary>
internal sealed class CategoricalColumn(TpeParameter parameter, int index, TrialRows rows, KernelRows kernels, ParzenOptions options) : MixtureColumn
{
    private int Slot => kernels.Slots[index];

    internal override double MostAbovePrior => Math.Log(parameter.Choices);

    internal override void Load()
    {
        for (var row = 0; row < rows.Count; row++)
            Inserted(row);
        kernels.Tables[Slot] = new double[parameter.Choices * KernelRows.Width];
    }

    internal override void Inserted(int row) => kernels.Cell(row, Slot) = (int)rows.Values(index)[row];

    internal override void Removing(int row)
    {
    }

    internal override void Joined(int row)
    {
    }

    internal override void Leaving(int row)
    {
    }

    internal override void Prepare(Candidates candidates, int first)
    {
        var share = options.PriorWeight / (rows.PoorCount + 1);
        var total = 1 + (share * parameter.Choices);
        var table = kernels.Tables[Slot];
        Array.Fill(table, Math.Log(share / total));
        var own = Math.Log((1 + share) / total);
        var values = candidates.Values(index)[first..];
        for (var c = 0; c < Math.Min(values.Length, KernelRows.Width); c++)
            table[((int)values[c] * KernelRows.Width) + c] = own;
    }

    internal override double Prior(int candidate) => -Math.Log(parameter.Choices);
}
