using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Optuna.Numerics;

/// <summary>Sums and multiples of vectors in four lanes whatever the machine has, nothing fused: the same digits everywhere.</summary>
internal static class FourLanes
{
    /// <summary>Σ aᵢ bᵢ over the length of <paramref name="a"/>.</summary>
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        _ = b[..a.Length];
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b);
        var i = 0;
        var total = 0.0;
        if (a.Length >= 4)
        {
            var lanes = Vector256.LoadUnsafe(ref x) * Vector256.LoadUnsafe(ref y);
            for (i = 4; i <= a.Length - 4; i += 4)
                lanes += Vector256.LoadUnsafe(ref x, (nuint)i) * Vector256.LoadUnsafe(ref y, (nuint)i);
            total = lanes[0] + lanes[1] + (lanes[2] + lanes[3]);
        }

        for (; i < a.Length; i++)
            total += Unsafe.Add(ref x, i) * Unsafe.Add(ref y, i);
        return total;
    }

    /// <summary>destination += factor · values, over the length of <paramref name="values"/>.</summary>
    internal static void Add(Span<double> destination, double factor, ReadOnlySpan<double> values)
    {
        _ = destination[..values.Length];
        ref var to = ref MemoryMarshal.GetReference(destination);
        ref var from = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i <= values.Length - 4; i += 4)
            (Vector256.LoadUnsafe(ref to, (nuint)i) + (Vector256.LoadUnsafe(ref from, (nuint)i) * factor)).StoreUnsafe(ref to, (nuint)i);
        for (; i < values.Length; i++)
            Unsafe.Add(ref to, i) += factor * Unsafe.Add(ref from, i);
    }

    /// <summary>A rotation: (x, y) becomes (c x + s y, c y − s x), element by element.</summary>
    internal static void Rotate(Span<double> first, Span<double> second, double c, double s)
    {
        _ = second[..first.Length];
        ref var a = ref MemoryMarshal.GetReference(first);
        ref var b = ref MemoryMarshal.GetReference(second);
        var i = 0;
        for (; i <= first.Length - 4; i += 4)
        {
            var (x, y) = (Vector256.LoadUnsafe(ref a, (nuint)i), Vector256.LoadUnsafe(ref b, (nuint)i));
            ((x * c) + (y * s)).StoreUnsafe(ref a, (nuint)i);
            ((y * c) - (x * s)).StoreUnsafe(ref b, (nuint)i);
        }

        for (; i < first.Length; i++)
        {
            var (x, y) = (Unsafe.Add(ref a, i), Unsafe.Add(ref b, i));
            (Unsafe.Add(ref a, i), Unsafe.Add(ref b, i)) = ((x * c) + (y * s), (y * c) - (x * s));
        }
    }
}
