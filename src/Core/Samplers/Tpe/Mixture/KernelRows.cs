namespace Optuna.Samplers.Tpe.Mixture;

/// <summary>
/// What a <see cref="PoorMixture"/> reads when it goes through its kernels, row after row: for every parameter without a grid
/// a scale and a shift, for every other one a cell, whose log probabilities of the candidates stand in a table.
/// </summary>
/// <remarks>Candidates are weighed side by side, <see cref="Width"/> at a time: then a table's entries for one kernel lie side by side too.</remarks>
internal sealed class KernelRows
{
    /// <summary>Candidates weighed at a time: three of the widest vectors, and Optuna's default number.</summary>
    internal const int Width = 24;

    private readonly TrialRows _rows;

    internal KernelRows(TrialRows rows, ReadOnlySpan<TpeParameter> parameters)
    {
        _rows = rows;
        Slots = new int[parameters.Length];
        for (var j = 0; j < parameters.Length; j++)
            Slots[j] = parameters[j].Kind == TpeParameterKind.Continuous ? Smooth++ : Tabled++;
        At = new double[Smooth * Width];
        Tables = new double[Tabled][];
        Array.Fill(Tables, []);
    }

    /// <summary>How many parameters have no grid.</summary>
    internal int Smooth { get; }

    /// <summary>How many have tables.</summary>
    internal int Tabled { get; }

    /// <summary>By parameter, its place among those of its sort.</summary>
    internal int[] Slots { get; }

    /// <summary>By row and smooth parameter, a scale s and a shift m: the kernel's exponent is −(u s + m)².</summary>
    internal double[] Numbers { get; private set; } = [];

    /// <summary>By row and tabled parameter, the kernel's cell.</summary>
    internal int[] Cells { get; private set; } = [];

    /// <summary>By smooth parameter and candidate, u.</summary>
    internal double[] At { get; }

    /// <summary>By tabled parameter: by cell and candidate, the log probability.</summary>
    internal double[][] Tables { get; }

    internal void SetSmooth(int row, int slot, double scale, double shift)
    {
        var at = 2 * ((row * Smooth) + slot);
        (Numbers[at], Numbers[at + 1]) = (scale, shift);
    }

    internal ref int Cell(int row, int slot) => ref Cells[(row * Tabled) + slot];

    internal void Inserted(int row)
    {
        Grow();
        var count = _rows.Count - 1;
        Move(Numbers, 2 * Smooth, row, row + 1, count - row);
        Move(Cells, Tabled, row, row + 1, count - row);
        Array.Clear(Numbers, 2 * Smooth * row, 2 * Smooth);
        Array.Clear(Cells, Tabled * row, Tabled);
    }

    internal void Removing(int row)
    {
        Move(Numbers, 2 * Smooth, row + 1, row, _rows.Count - row - 1);
        Move(Cells, Tabled, row + 1, row, _rows.Count - row - 1);
    }

    internal void Load()
    {
        Grow();
        Array.Clear(Numbers);
        Array.Clear(Cells);
    }

    private static void Move<T>(T[] array, int stride, int from, int to, int rows) =>
        Array.Copy(array, from * stride, array, to * stride, rows * stride);

    private void Grow()
    {
        if (Numbers.Length < 2 * Smooth * _rows.Count)
            Numbers = Bigger(Numbers, 2 * Smooth);
        if (Cells.Length < Tabled * _rows.Count)
            Cells = Bigger(Cells, Tabled);
    }

    private T[] Bigger<T>(T[] array, int stride)
    {
        Array.Resize(ref array, 2 * stride * _rows.Count);
        return array;
    }
}
