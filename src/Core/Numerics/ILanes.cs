using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Optuna.Numerics;

/// <summary>
/// Some doubles side by side. Code written for any width runs at the machine's, and as long as it never mixes lanes every
/// width gives the same numbers to the last bit: products and sums are rounded once, exponentials are <see cref="VectorMath"/>'s.
/// </summary>
internal interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    static abstract int Count { get; }

    static abstract TSelf All(double value);

    static abstract TSelf Load(ref double from, nuint at);

    void Store(ref double to, nuint at);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>a b + c, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>c − a b, rounded once.</summary>
    static abstract TSelf SubtractProduct(TSelf a, TSelf b, TSelf c);

    static abstract TSelf Sqrt(TSelf a);

    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>e to the power of numbers between −700 and 700.</summary>
    static abstract TSelf Exp(TSelf a);

    /// <summary>The value where a and b differ, else 0.</summary>
    static abstract TSelf WhereDifferent(TSelf a, TSelf b, TSelf value);
}

/// <summary>Four lanes.</summary>
internal readonly struct Lanes4(Vector256<double> value) : ILanes<Lanes4>
{
    private readonly Vector256<double> _value = value;

    public static int Count => 4;

    public static Lanes4 All(double value) => new(Vector256.Create(value));

    public static Lanes4 Load(ref double from, nuint at) => new(Vector256.LoadUnsafe(ref from, at));

    public void Store(ref double to, nuint at) => _value.StoreUnsafe(ref to, at);

    public static Lanes4 operator +(Lanes4 a, Lanes4 b) => new(a._value + b._value);

    public static Lanes4 operator -(Lanes4 a, Lanes4 b) => new(a._value - b._value);

    public static Lanes4 operator *(Lanes4 a, Lanes4 b) => new(a._value * b._value);

    public static Lanes4 MultiplyAdd(Lanes4 a, Lanes4 b, Lanes4 c) => new(Vector256.FusedMultiplyAdd(a._value, b._value, c._value));

    public static Lanes4 SubtractProduct(Lanes4 a, Lanes4 b, Lanes4 c) => new(Vector256.FusedMultiplyAdd(-a._value, b._value, c._value));

    public static Lanes4 Sqrt(Lanes4 a) => new(Vector256.Sqrt(a._value));

    public static Lanes4 Max(Lanes4 a, Lanes4 b) => new(Vector256.ConditionalSelect(Vector256.GreaterThan(a._value, b._value), a._value, b._value));

    public static Lanes4 Exp(Lanes4 a) => new(VectorMath.Exp(a._value));

    public static Lanes4 WhereDifferent(Lanes4 a, Lanes4 b, Lanes4 value) => new(Vector256.AndNot(value._value, Vector256.Equals(a._value, b._value)));
}

/// <summary>Eight lanes; only where <see cref="IsFast"/>.</summary>
internal readonly struct Lanes8(Vector512<double> value) : ILanes<Lanes8>
{
    private readonly Vector512<double> _value = value;

    /// <summary>Whether the machine has vectors of 512 bits: without them they are many times slower than two of 256.</summary>
    public static bool IsFast => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    public static int Count => 8;

    public static Lanes8 All(double value) => new(Vector512.Create(value));

    public static Lanes8 Load(ref double from, nuint at) => new(Vector512.LoadUnsafe(ref from, at));

    public void Store(ref double to, nuint at) => _value.StoreUnsafe(ref to, at);

    public static Lanes8 operator +(Lanes8 a, Lanes8 b) => new(a._value + b._value);

    public static Lanes8 operator -(Lanes8 a, Lanes8 b) => new(a._value - b._value);

    public static Lanes8 operator *(Lanes8 a, Lanes8 b) => new(a._value * b._value);

    public static Lanes8 MultiplyAdd(Lanes8 a, Lanes8 b, Lanes8 c) => new(Vector512.FusedMultiplyAdd(a._value, b._value, c._value));

    public static Lanes8 SubtractProduct(Lanes8 a, Lanes8 b, Lanes8 c) => new(Vector512.FusedMultiplyAdd(-a._value, b._value, c._value));

    public static Lanes8 Sqrt(Lanes8 a) => new(Vector512.Sqrt(a._value));

    public static Lanes8 Max(Lanes8 a, Lanes8 b) => new(Vector512.ConditionalSelect(Vector512.GreaterThan(a._value, b._value), a._value, b._value));

    public static Lanes8 Exp(Lanes8 a) => new(VectorMath.Exp(a._value));

    public static Lanes8 WhereDifferent(Lanes8 a, Lanes8 b, Lanes8 value) => new(Vector512.AndNot(value._value, Vector512.Equals(a._value, b._value)));
}
