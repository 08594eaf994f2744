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
            var lanes = Vector512.LoadUnsafe(ref first);
            for (done = 8; done <= values.Length - 8; done += 8)
                lanes += Vector512.LoadUnsafe(ref first, (nuint)done);
            total = lanes[0] + lanes[1] + (lanes[2] + lanes[3]) + (lanes[4] + lanes[5] + (lanes[6] + lanes[7]));
        }
        for (; done < values.Length; done++)
            total += values[done];
        return total;
    }
}
