using Optuna.Numerics;

namespace Optuna.Samplers;

/// <summary>The two generators a sampler draws from: its own, and the one of the random sampler it falls back on.</summary>
/// <remarks>Optuna seeds both alike and draws from each in turn; keeping them apart is what makes a seeded study repeat Optuna's sequence.</remarks>
public sealed class RandomStreams
{
    private readonly ulong _seed;
    private readonly int? _number;
    private readonly uint _salt;
    private RandomState? _own;
    private RandomState? _fallback;

    private RandomStreams(ulong seed, int? number, uint salt) => (_seed, _number, _salt) = (seed, number, salt);

    public RandomState Own => _own ??= Create(0);

    public RandomState Fallback => _fallback ??= Create(1);

    /// <summary>One sequence through the whole study, as a seeded Optuna sampler draws it: for trials one after the other.</summary>
    public static RandomStreams Sequential(ulong seed) => new(seed, null, 0);

    /// <summary>A trial's own generators, whoever draws and in whatever order trials run.</summary>
    /// <param name="salt">Tells apart draws for one trial that may happen in any order.</param>
    public static RandomStreams ForTrial(ulong seed, int number, uint salt = 0) => new(seed, number, salt);

    /// <summary>Generators for what is decided when a trial starts, apart from those its parameters are drawn from.</summary>
    public static RandomStreams AtStart(ulong seed, int number) => ForTrial(seed, number, 0x3517A127);

    /// <summary>Generators for what is done when a trial ends.</summary>
    internal static RandomStreams AtEnd(ulong seed, int number) => ForTrial(seed, number, 0x6E0D51A9);

    private RandomState Create(uint stream) =>
        _number is { } number ? RandomState.ForTrial(_seed, number, (_salt << 1) | stream)
        : _seed <= uint.MaxValue ? new RandomState((uint)_seed)
        : new RandomState([(uint)_seed, (uint)(_seed >> 32)]);
}
