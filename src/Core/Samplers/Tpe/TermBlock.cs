using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Optuna.Numerics;

namespace Optuna.Samplers.Tpe;

/// <summary>
/// The logarithms of a mixture's terms, candidates by kernels, for up to 128 kernels at a time so that they stay in the
/// nearest cache; and the running log-sum-exp of each candidate over all blocks.
/// </summary>
internal sealed class TermBlock(int candidates)
{
    internal const int Lanes = 8;
    private const int Kernels = PairwiseSum.Block;

    // A little more than the kernels, lest all rows fall into the same few cache sets.
    private const int Stride = Kernels + Lanes;

    // exp(-50) is 2e-22 of the largest term: even a hundred thousand such terms do not reach its last bit.
    private const double Negligible = -50;

    private readonly double[] _terms = new double[candidates * Stride];
    private readonly double[] _largest = new double[candidates];
    private readonly double[] _sums = new double[candidates];

    /// <summary>Index of the block's first kernel.</summary>
    internal int Start { get; private set; }

    /// <summary>Number of kernels in the block, padding included: a multiple of <see cref="Lanes"/>.</summary>
    internal int Length { get; private set; }

    internal int Candidates => candidates;

    internal ref double Row(int candidate) => ref _terms[candidate * Stride];

    internal static int Padded(int kernels) => (kernels + Lanes - 1) & -Lanes;

    internal void Clear()
    {
        Array.Fill(_largest, double.NegativeInfinity);
        Array.Clear(_sums);
    }

    /// <summary>Starts every candidate's terms of the next block with the kernels' constants; false when there are no more.</summary>
    internal bool Next(ReadOnlySpan<double> constants, int start)
    {
        if (start >= constants.Length)
            return false;
        Start = start;
        Length = Math.Min(Kernels, constants.Length - start);
        for (var c = 0; c < candidates; c++)
            constants.Slice(start, Length).CopyTo(_terms.AsSpan(c * Stride));
        return true;
    }

    /// <summary>Takes the block's first <paramref name="kernels"/> terms into the running sums.</summary>
    internal void Accumulate(int kernels)
    {
        for (var c = 0; c < candidates; c++)
        {
            var row = _terms.AsSpan(c * Stride, Length);
            var largest = Largest(row);
            if (largest > _largest[c])
            {
                _sums[c] *= Math.Exp(_largest[c] - largest);
                _largest[c] = largest;
            }
            if (largest - _largest[c] > Negligible)
            {
                Exponentiate(row, _largest[c]);
                _sums[c] += PairwiseSum.Of(row[..kernels]);
            }
        }
    }

    /// <summary>The log-sum-exp of all terms so far; −∞ where every term is.</summary>
    internal double Total(int candidate) =>
        double.IsNegativeInfinity(_largest[candidate])
            ? double.NegativeInfinity
            : Math.Log(_sums[candidate]) + _largest[candidate];

    private static double Largest(ReadOnlySpan<double> row)
    {
        ref var first = ref MemoryMarshal.GetReference(row);
        var largest = Vector512.LoadUnsafe(ref first);
        for (var i = Lanes; i < row.Length; i += Lanes)
            largest = Vector512.Max(largest, Vector512.LoadUnsafe(ref first, (nuint)i));
        var half = Vector256.Max(largest.GetLower(), largest.GetUpper());
        return Math.Max(Math.Max(half[0], half[1]), Math.Max(half[2], half[3]));
    }

    private static void Exponentiate(Span<double> row, double largest)
    {
        ref var first = ref MemoryMarshal.GetReference(row);
        var limit = Vector512.Create(largest + Negligible);
        var shift = Vector512.Create(largest);
        for (nuint i = 0; i < (nuint)row.Length; i += Lanes)
        {
            var term = Vector512.LoadUnsafe(ref first, i);
            var matters = Vector512.GreaterThan(term, limit);
            var value = matters == Vector512<double>.Zero
                ? Vector512<double>.Zero
                : Vector512.Exp(term - shift) & matters;
            value.StoreUnsafe(ref first, i);
        }
    }
}
