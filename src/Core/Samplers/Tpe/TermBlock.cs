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
    internal const int Kernels = PairwiseSum.Block;

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

    /// <summary>Starts anew with all candidates.</summary>
    internal void Clear()
    {
        Array.Fill(_largest, double.NegativeInfinity);
        Array.Clear(_sums);
    }

    /// <summary>Starts every candidate's terms of a block at 0.</summary>
    /// <param name="start">Index of the block's first kernel.</param>
    /// <param name="padded">Number of kernels, a multiple of <see cref="Lanes"/>.</param>
    internal void Begin(int start, int padded)
    {
        Start = start;
        Length = Math.Min(Kernels, padded - start);
        for (var c = 0; c < candidates; c++)
            _terms.AsSpan(c * Stride, Length).Clear();
    }

    /// <summary>Adds the kernels' constants to the block's terms and takes the first <paramref name="kernels"/> of them into the running sums.</summary>
    internal void Accumulate(ReadOnlySpan<double> constants, int kernels)
    {
        constants = constants.Slice(Start, Length);
        for (var c = 0; c < candidates; c++)
        {
            var row = _terms.AsSpan(c * Stride, Length);
            var largest = Vector512.IsHardwareAccelerated ? AddWide(row, constants) : Add(row, constants);
            if (largest > _largest[c])
            {
                _sums[c] *= Math.Exp(_largest[c] - largest);
                _largest[c] = largest;
            }
            if (largest - _largest[c] > Negligible)
            {
                if (Vector512.IsHardwareAccelerated)
                    ExponentiateWide(row, _largest[c]);
                else
                    Exponentiate(row, _largest[c]);
                _sums[c] += PairwiseSum.Of(row[..kernels]);
            }
        }
    }

    /// <summary>The log-sum-exp of all terms so far; −∞ where every term is.</summary>
    internal double Total(int candidate) =>
        double.IsNegativeInfinity(_largest[candidate])
            ? double.NegativeInfinity
            : VectorMath.Log(_sums[candidate]) + _largest[candidate];

    // Each in two widths: a vector the machine does not have is many times slower than two that it has. Both compute the same numbers.
    private static double AddWide(Span<double> row, ReadOnlySpan<double> constants)
    {
        ref var first = ref MemoryMarshal.GetReference(row);
        ref var constant = ref MemoryMarshal.GetReference(constants);
        var largest = Vector512.Create(double.NegativeInfinity);
        for (nuint i = 0; i < (nuint)row.Length; i += 8)
        {
            var term = Vector512.LoadUnsafe(ref first, i) + Vector512.LoadUnsafe(ref constant, i);
            term.StoreUnsafe(ref first, i);
            largest = Vector512.Max(largest, term);
        }

        return Largest(Vector256.Max(largest.GetLower(), largest.GetUpper()));
    }

    private static double Add(Span<double> row, ReadOnlySpan<double> constants)
    {
        ref var first = ref MemoryMarshal.GetReference(row);
        ref var constant = ref MemoryMarshal.GetReference(constants);
        var largest = Vector256.Create(double.NegativeInfinity);
        for (nuint i = 0; i < (nuint)row.Length; i += 4)
        {
            var term = Vector256.LoadUnsafe(ref first, i) + Vector256.LoadUnsafe(ref constant, i);
            term.StoreUnsafe(ref first, i);
            largest = Vector256.Max(largest, term);
        }

        return Largest(largest);
    }

    private static double Largest(Vector256<double> v) => Math.Max(Math.Max(v[0], v[1]), Math.Max(v[2], v[3]));

    private static void ExponentiateWide(Span<double> row, double largest)
    {
        ref var first = ref MemoryMarshal.GetReference(row);
        var limit = Vector512.Create(largest + Negligible);
        var shift = Vector512.Create(largest);
        for (nuint i = 0; i < (nuint)row.Length; i += 8)
        {
            var term = Vector512.LoadUnsafe(ref first, i);
            var matters = Vector512.GreaterThan(term, limit);
            var value = matters == Vector512<double>.Zero ? Vector512<double>.Zero : VectorMath.Exp(term - shift) & matters;
            value.StoreUnsafe(ref first, i);
        }
    }

    private static void Exponentiate(Span<double> row, double largest)
    {
        ref var first = ref MemoryMarshal.GetReference(row);
        var limit = Vector256.Create(largest + Negligible);
        var shift = Vector256.Create(largest);
        for (nuint i = 0; i < (nuint)row.Length; i += 4)
        {
            var term = Vector256.LoadUnsafe(ref first, i);
            var matters = Vector256.GreaterThan(term, limit);
            var value = matters == Vector256<double>.Zero ? Vector256<double>.Zero : VectorMath.Exp(term - shift) & matters;
            value.StoreUnsafe(ref first, i);
        }
    }
}
