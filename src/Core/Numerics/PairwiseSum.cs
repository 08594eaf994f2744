using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Optuna.Numerics;

/// <summary>
/// Sums in NumPy's order: eight running sums within blocks of 128, larger ranges halved. Besides losing little to
/// rounding, it makes ties that hang on the last bit fall as they do there.
/// </summary>
internal static class PairwiseSum
{
    internal const int Block = 128;

    internal static double Of(ReadOnlySpan<double> values)
    {
        if (values.Length > Block)
        {
            var half = values.Length / 2;
            half -= half % 8;
            return Of(values[..half]) + Of(values[half..]);
        }

        var total = 0.0;
        var done = 0;
        if (values.Length >= 8)
        {
            ref var first = ref MemoryMarshal.GetReference(values);
            var (low, high) = (Vector256.LoadUnsafe(ref first), Vector256.LoadUnsafe(ref first, 4));
            for (done = 8; done <= values.Length - 8; done += 8)
            {
                low += Vector256.LoadUnsafe(ref first, (nuint)done);
                high += Vector256.LoadUnsafe(ref first, (nuint)done + 4);
            }

            total = low[0] + low[1] + (low[2] + low[3]) + (high[0] + high[1] + (high[2] + high[3]));
        }
        for (; done < values.Length; done++)
            total += values[done];
        return total;
    }
}
