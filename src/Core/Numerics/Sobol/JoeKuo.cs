using System.Buffers.Binary;
using System.Numerics;

namespace Optuna.Numerics.Sobol;

/// <summary>The direction numbers "new-joe-kuo-6" of Joe and Kuo (2008); README.md beside the data tells their layout.</summary>
internal static class JoeKuo
{
    internal const int Dimensions = 21201;

    private static readonly Lazy<byte[]> s_file = new(() =>
    {
        using var stream = typeof(JoeKuo).Assembly.GetManifestResourceStream("joe-kuo-6.bin")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    });

    /// <summary>The columns of the generating matrices, dimension after dimension: V(1) … V(bits) as whole numbers of <paramref name="bits"/> bits.</summary>
    /// <param name="dimensions">1 to <see cref="Dimensions"/>.</param>
    /// <param name="bits">18 to 32.</param>
    internal static uint[] Columns(int dimensions, int bits)
    {
        var file = s_file.Value.AsSpan();
        var codes = file.Slice(8, BinaryPrimitives.ReadInt32LittleEndian(file[4..]));
        var packed = file[(8 + codes.Length)..];
        var columns = new uint[dimensions * bits];
        for (var j = 0; j < bits; j++)
            columns[j] = 1u << (bits - 1 - j);

        Span<uint> m = stackalloc uint[bits];
        var (code, at) = (0u, 0L);
        for (var d = 1; d < dimensions; d++)
        {
            code += NextDifference(ref codes);
            var polynomial = (2 * code) + 1;
            var degree = BitOperations.Log2(polynomial);
            m[0] = 1;
            for (var k = 1; k < degree; k++)
            {
                m[k] = (2 * Bits(packed, at, k)) + 1;
                at += k;
            }

            Recur(m, polynomial, degree);
            for (var j = 0; j < bits; j++)
                columns[(d * bits) + j] = m[j] << (bits - 1 - j);
        }

        return columns;
    }

    // Joe and Kuo, eq. (2): mₖ = 2a₁mₖ₋₁ ⊕ 2²a₂mₖ₋₂ ⊕ … ⊕ 2ˢmₖ₋ₛ ⊕ mₖ₋ₛ for the polynomial xˢ + a₁xˢ⁻¹ + … + 1.
    private static void Recur(Span<uint> m, uint polynomial, int degree)
    {
        for (var j = degree; j < m.Length; j++)
        {
            var next = m[j - degree];
            for (var k = 1; k <= degree; k++)
            {
                if (((polynomial >> (degree - k)) & 1) != 0)
                    next ^= m[j - k] << k;
            }

            m[j] = next;
        }
    }

    private static uint NextDifference(ref Span<byte> codes)
    {
        var (value, shift, i) = (0u, 0, 0);
        byte b;
        do
        {
            b = codes[i++];
            value |= (uint)(b & 127) << shift;
            shift += 7;
        }
        while (b >= 128);
        codes = codes[i..];
        return value;
    }

    private static uint Bits(ReadOnlySpan<byte> packed, long at, int count)
    {
        var value = 0u;
        for (var i = 0; i < count; i++, at++)
            value |= (uint)((packed[(int)(at >> 3)] >> (int)(at & 7)) & 1) << i;
        return value;
    }
}
