namespace Optuna.Numerics;

/// <summary>A square matrix by rows, with room up to the next eight rows and columns so that vectors need no remainder.</summary>
internal sealed class SquareMatrix
{
    /// <summary>Rows and columns come in blocks of so many.</summary>
    internal const int Block = 8;

    /// <param name="size">0 or more.</param>
    internal SquareMatrix(int size)
    {
        Size = size;
        Padded = (size + Block - 1) & -Block;

        // An odd number of cache lines a row: rows at a power of two apart would fall into the same few sets.
        Stride = (Padded / Block & 1) == 0 ? Padded + Block : Padded;
        Values = new double[Math.Max(Padded, 1) * Stride];
    }

    internal int Size { get; }

    /// <summary>Rows and columns with the padding.</summary>
    internal int Padded { get; }

    /// <summary>Elements from one row to the next.</summary>
    internal int Stride { get; }

    internal double[] Values { get; }

    internal ref double this[int row, int column] => ref Values[(row * Stride) + column];
}
