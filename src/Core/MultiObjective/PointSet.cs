using Optuna.Studies;

namespace Optuna.MultiObjective;

/// <summary>Loss vectors one after the other: smaller is better in every coordinate.</summary>
/// <remarks>A loss is no NaN: <see cref="Loss"/> makes it the worst there is. Infinite ones are as good as any.</remarks>
/// <param name="values">Row by row, <paramref name="dimensions"/> numbers each.</param>
internal readonly struct PointSet(double[] values, int count, int dimensions)
{
    internal PointSet(double[] values, int dimensions)
        : this(values, values.Length / dimensions, dimensions)
    {
    }

    internal int Count => count;

    internal int Dimensions => dimensions;

    internal ReadOnlySpan<double> this[int row] => values.AsSpan(row * dimensions, dimensions);

    internal ReadOnlySpan<double> All => values.AsSpan(0, count * dimensions);

    /// <summary>The objective values of some finished trials of a study, in the order of <paramref name="numbers"/>.</summary>
    internal static PointSet Of(StudyView study, ReadOnlySpan<int> numbers)
    {
        var m = study.Directions.Length;
        var losses = new double[numbers.Length * m];
        for (var i = 0; i < numbers.Length; i++)
            Fill(study, numbers[i], losses.AsSpan(i * m, m));
        return new PointSet(losses, numbers.Length, m);
    }

    /// <summary>One finished trial's losses.</summary>
    internal static void Fill(StudyView study, int number, Span<double> losses)
    {
        for (var k = 0; k < losses.Length; k++)
            losses[k] = Loss(study.Values(k)[number], study.Directions[k]);
    }

    /// <summary>An objective value as a loss.</summary>
    internal static double Loss(double value, StudyDirection direction) =>
        double.IsNaN(value) ? double.PositiveInfinity : direction == StudyDirection.Maximize ? -value : value;

    /// <summary>The rows in lexicographic order, equal ones by number: no row is dominated by a later one.</summary>
    internal int[] LexicalOrder()
    {
        var order = new int[count];
        var first = new double[count];
        for (var i = 0; i < count; i++)
            (order[i], first[i]) = (i, values[i * dimensions]);
        Array.Sort(first, order);
        var (all, m) = (values, dimensions);
        for (int start = 0, end; start < count; start = end)
        {
            for (end = start + 1; end < count && first[end] == first[start];)
                end++;
            if (end - start > 1)
                order.AsSpan(start, end - start).Sort((a, b) => Compare(all, m, a, b));
        }

        return order;
    }

    /// <summary>The rows that differ from all before them in lexicographic order, each the first of its equals, in that order.</summary>
    internal int[] UniqueOrder()
    {
        var order = LexicalOrder();
        var unique = 0;
        foreach (var row in order)
        {
            if (unique == 0 || !this[row].SequenceEqual(this[order[unique - 1]]))
                order[unique++] = row;
        }

        return order[..unique];
    }

    /// <summary>Some rows as a set of their own.</summary>
    internal PointSet Take(ReadOnlySpan<int> rows)
    {
        var taken = new double[rows.Length * dimensions];
        for (var i = 0; i < rows.Length; i++)
            this[rows[i]].CopyTo(taken.AsSpan(i * dimensions));
        return new PointSet(taken, rows.Length, dimensions);
    }

    private static int Compare(double[] values, int m, int a, int b)
    {
        for (var k = 1; k < m; k++)
        {
            if (values[(a * m) + k].CompareTo(values[(b * m) + k]) is var c and not 0)
                return c;
        }

        return a.CompareTo(b);
    }
}
