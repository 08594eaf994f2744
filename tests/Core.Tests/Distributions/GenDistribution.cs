using CsCheck;
using Optuna.Distributions;

namespace Optuna.Tests.Distributions;

/// <summary>Distributions of every kind, over the whole range of their attributes.</summary>
internal static class GenDistribution
{
    private static readonly Gen<double> s_number = Gen.OneOf(
        Gen.Double[-1e3, 1e3], Gen.Int[-100, 100].Select(i => i / 10.0), Gen.Double[1e-12, 1e12], Gen.Double.Select(d => double.IsFinite(d) ? d : 0.0));

    private static readonly Gen<object?> s_choice = Gen.OneOf(
        Gen.Const((object?)null), Gen.Bool.Select(b => (object?)b), Gen.Long.Select(l => (object?)l), Gen.Double.Select(d => (object?)d),
        Gen.String.Select(s => (object?)s), Gen.ULong.Select(u => (object?)u));

    public static readonly Gen<FloatDistribution> Float = Gen.Select(s_number, s_number, Gen.Double[1e-6, 10], Gen.Int[0, 2]).Select((a, b, step, kind) => kind switch
    {
        0 => new FloatDistribution(Math.Min(a, b), Math.Max(a, b)),
        1 => new FloatDistribution(Math.Min(a, b), Math.Max(a, b), step: step),
        _ => new FloatDistribution(Positive(Math.Min(Math.Abs(a), Math.Abs(b))), Positive(Math.Max(Math.Abs(a), Math.Abs(b))), log: true),
    });

    public static readonly Gen<IntDistribution> Int = Gen.Select(Gen.Long, Gen.Long, Gen.Long[1, 1000], Gen.Int[0, 2]).Select((a, b, step, kind) => kind switch
    {
        0 => new IntDistribution(Math.Min(a, b), Math.Max(a, b)),
        1 => new IntDistribution(Math.Min(a, b), Math.Max(a, b), step: step),
        _ => new IntDistribution(Math.Max(1, Math.Min(a, b)), Math.Max(1, Math.Max(a, b)), log: true),
    });

    public static readonly Gen<CategoricalDistribution> Categorical = s_choice.Array[1, 8].Select(c => new CategoricalDistribution(c));

    public static readonly Gen<Distribution> Any = Gen.OneOf(
        Float.Select(d => (Distribution)d), Int.Select(d => (Distribution)d), Categorical.Select(d => (Distribution)d));

    private static double Positive(double value) => Math.Max(value, 1e-300);
}
