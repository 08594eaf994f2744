using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Optuna.Numerics;

/// <summary>Exponential and logarithm of many numbers, bit for bit those NumPy computes with AVX-512, whatever this machine has.</summary>
/// <remarks>
/// Their last bits decide between candidates that are equally good in theory, as choices seen equally often are. Both
/// follow Intel's short vector math library: a table of sixteenths, a polynomial for the rest, 1 ulp off at most, rarely 2.
/// The logarithm's table index comes from the reciprocal rounded to 1/32; one in 20 000 numbers lies so close to a border
/// that the approximate reciprocal used there falls on the other side, and differs in the last bit.
/// </remarks>
internal static class VectorMath
{
    private const double Magic = 1.5 * (1L << 48);
    private const double PerLn2 = 1.4426950408889634;
    private const double Ln2 = 0.6931471805599453;
    private const double Ln2Rest = 2.3190468138462996e-17;
    private const double LeastTerm = -690;
    private const double SmallestNormal = 2.2250738585072014e-308;
    private const long MantissaBits = 0x000F_FFFF_FFFF_FFFF;
    private const long OneBits = 0x3FF0_0000_0000_0000;

    // 2^(j/16).
    private static readonly double[] PowersOfTwo =
    [
        1.0, 1.0442737824274138, 1.0905077326652577, 1.1387886347566916, 1.189207115002721, 1.241857812073484,
        1.2968395546510096, 1.3542555469368927, 1.4142135623730951, 1.4768261459394993, 1.5422108254079407,
        1.6104903319492543, 1.681792830507429, 1.7562521603732995, 1.8340080864093424, 1.9152065613971474,
    ];

    // −ln c by the leading bits of the reciprocal c in [1/2, 1]; of 2c where c is below 3/4.
    private static readonly double[] Logs = LogTable();

    /// <summary>e to the power of numbers between −700 and 700.</summary>
    internal static Vector512<double> Exp(Vector512<double> x)
    {
        var magic = Vector512.Create(Magic);
        var perLn2 = Vector512.Create(PerLn2);
        var k = Vector512.FusedMultiplyAdd(x, perLn2, magic) - magic;
        k -= Vector512.LessThan(Vector512.FusedMultiplyAdd(x, perLn2, -k), Vector512<double>.Zero) & Vector512.Create(1.0 / 16);
        var bits = (k + magic).AsInt64();
        ref var table = ref MemoryMarshal.GetArrayDataReference(PowersOfTwo);
        var power = Avx512F.PermuteVar8x64x2(Vector512.LoadUnsafe(ref table), bits, Vector512.LoadUnsafe(ref table, 8));

        var r = Vector512.FusedMultiplyAdd(-k, Vector512.Create(Ln2), x);
        r = Vector512.FusedMultiplyAdd(-k, Vector512.Create(Ln2Rest), r);
        var r2 = r * r;
        var high = Vector512.FusedMultiplyAdd(Vector512.Create(0.0014149452874381984), r, Vector512.Create(0.008332058899382488));
        var middle = Vector512.FusedMultiplyAdd(Vector512.Create(0.041666695348322125), r, Vector512.Create(0.16666666637508337));
        var low = Vector512.FusedMultiplyAdd(r2, Vector512.Create(0.5000000000010838), r);
        var p = Vector512.FusedMultiplyAdd(r2 * r, Vector512.FusedMultiplyAdd(r2, high, middle), low);
        return (Vector512.FusedMultiplyAdd(power, p, power).AsInt64() + ((bits >> 4) << 52)).AsDouble();
    }

    /// <inheritdoc cref="Exp(Vector512{double})"/>
    internal static Vector256<double> Exp(Vector256<double> x)
    {
        var magic = Vector256.Create(Magic);
        var perLn2 = Vector256.Create(PerLn2);
        var k = Vector256.FusedMultiplyAdd(x, perLn2, magic) - magic;
        k -= Vector256.LessThan(Vector256.FusedMultiplyAdd(x, perLn2, -k), Vector256<double>.Zero) & Vector256.Create(1.0 / 16);
        var bits = (k + magic).AsInt64();
        var power = Look(PowersOfTwo, bits);

        var r = Vector256.FusedMultiplyAdd(-k, Vector256.Create(Ln2), x);
        r = Vector256.FusedMultiplyAdd(-k, Vector256.Create(Ln2Rest), r);
        var r2 = r * r;
        var high = Vector256.FusedMultiplyAdd(Vector256.Create(0.0014149452874381984), r, Vector256.Create(0.008332058899382488));
        var middle = Vector256.FusedMultiplyAdd(Vector256.Create(0.041666695348322125), r, Vector256.Create(0.16666666637508337));
        var low = Vector256.FusedMultiplyAdd(r2, Vector256.Create(0.5000000000010838), r);
        var p = Vector256.FusedMultiplyAdd(r2 * r, Vector256.FusedMultiplyAdd(r2, high, middle), low);
        return (Vector256.FusedMultiplyAdd(power, p, power).AsInt64() + ((bits >> 4) << 52)).AsDouble();
    }

    /// <summary>
    /// e to the power of numbers below 700; of those below −690, e to the power of that. Half the operations of
    /// <see cref="Exp(Vector512{double})"/>, and accurate to 1e-12 of the result.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> ExpOfTerm(Vector512<double> x)
    {
        x = Vector512.MaxNative(x, Vector512.Create(LeastTerm));
        var magic = Vector512.Create(Magic);
        var shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(PerLn2), magic);
        var k = shifted - magic;
        ref var table = ref MemoryMarshal.GetArrayDataReference(PowersOfTwo);
        var power = Avx512F.PermuteVar8x64x2(Vector512.LoadUnsafe(ref table), shifted.AsInt64(), Vector512.LoadUnsafe(ref table, 8));
        var r = Vector512.FusedMultiplyAdd(k, Vector512.Create(-Ln2), x);
        var p = Vector512.FusedMultiplyAdd(r, Vector512.Create(1.0 / 120), Vector512.Create(1.0 / 24));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 6));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.5));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0));
        return Avx512F.Scale(power * p, k);
    }

    /// <inheritdoc cref="ExpOfTerm(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> ExpOfTerm(Vector256<double> x)
    {
        x = Vector256.MaxNative(x, Vector256.Create(LeastTerm));
        var magic = Vector256.Create(Magic);
        var shifted = Vector256.FusedMultiplyAdd(x, Vector256.Create(PerLn2), magic);
        var bits = shifted.AsInt64();
        var k = shifted - magic;
        var power = Look(PowersOfTwo, bits);
        var r = Vector256.FusedMultiplyAdd(k, Vector256.Create(-Ln2), x);
        var p = Vector256.FusedMultiplyAdd(r, Vector256.Create(1.0 / 120), Vector256.Create(1.0 / 24));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 6));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(0.5));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0));
        return ((power * p).AsInt64() + ((bits >> 4) << 52)).AsDouble();
    }

    /// <summary>Natural logarithm.</summary>
    internal static double Log(double x) =>
        x >= SmallestNormal && x <= double.MaxValue ? LogOfNormal(Vector256.Create(x))[0] : Math.Log(x);

    /// <summary>Natural logarithms; <paramref name="destination"/> may be <paramref name="x"/>.</summary>
    internal static void Log(ReadOnlySpan<double> x, Span<double> destination)
    {
        var n = x.Length;
        if (destination.Length < n)
            throw new ArgumentException($"{n} logarithms do not fit into {destination.Length} places.", nameof(destination));
        ref var from = ref MemoryMarshal.GetReference(x);
        ref var to = ref MemoryMarshal.GetReference(destination);
        var (least, most) = (Vector256.Create(SmallestNormal), Vector256.Create(double.MaxValue));
        var i = 0;
        for (; i <= n - 4; i += 4)
        {
            var v = Vector256.LoadUnsafe(ref from, (nuint)i);
            if (Vector256.GreaterThanOrEqualAll(v, least) && Vector256.LessThanOrEqualAll(v, most))
                LogOfNormal(v).StoreUnsafe(ref to, (nuint)i);
            else
                for (var k = i; k < i + 4; k++)
                    destination[k] = Log(x[k]);
        }

        for (; i < n; i++)
            destination[i] = Log(x[i]);
    }

    private static Vector256<double> LogOfNormal(Vector256<double> x)
    {
        var one = Vector256.Create(1.0);
        var mantissa = ((x.AsInt64() & Vector256.Create(MantissaBits)) | Vector256.Create(OneBits)).AsDouble();
        var thirtySeconds = Vector256.Create((double)(1L << 52));
        var c = ((Vector256.Create(32.0) / mantissa) + thirtySeconds - thirtySeconds) * Vector256.Create(1.0 / 32);
        var exponent = Vector256.ConvertToDouble((x.AsInt64() >> 52) - Vector256.Create(1023L))
            + (Vector256.LessThan(c, Vector256.Create(0.75)) & one);

        var r = Vector256.FusedMultiplyAdd(c, mantissa, -one);
        var p = Vector256.FusedMultiplyAdd(r, Vector256.Create(0.14285690939597326), Vector256.Create(-0.16666650546695666));
        var q = Vector256.FusedMultiplyAdd(r, Vector256.Create(0.20000000009280938), Vector256.Create(-0.2500000000437373));
        var s = Vector256.FusedMultiplyAdd(r, Vector256.Create(0.11135561406034511), Vector256.Create(-0.125220000081181));
        var t = Vector256.FusedMultiplyAdd(r, Vector256.Create(0.33333333333332005), Vector256.Create(-0.4999999999999968));
        var r2 = r * r;
        s = Vector256.FusedMultiplyAdd(r2, s, p);
        q = Vector256.FusedMultiplyAdd(r2, q, t);
        s = Vector256.FusedMultiplyAdd(r2 * r2, s, q);
        s = Vector256.FusedMultiplyAdd(r2, s, r);
        return Vector256.FusedMultiplyAdd(Vector256.Create(Ln2), exponent, Look(Logs, c.AsInt64() >>> 48) + s);
    }

    private static Vector256<double> Look(double[] table, Vector256<long> index) => Vector256.Create(
        table[(int)index[0] & 15], table[(int)index[1] & 15], table[(int)index[2] & 15], table[(int)index[3] & 15]);

    private static double[] LogTable() =>
    [
        0, -0.06062462181643484, -0.11778303565638346, -0.17185025692665923, -0.22314355131420976, -0.27193371548364176,
        -0.3184537311185346, -0.3629054936893685, 0.2876820724517809, 0.24686007793152578, 0.2076393647782445,
        0.16989903679539747, 0.13353139262452263, 0.09844007281325252, 0.06453852113757118, 0.0317486983145803,
    ];
}
