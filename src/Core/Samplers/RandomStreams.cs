using Optuna.Numerics;

namespace Optuna.Samplers;

/// <summary>The two generators a sampler draws from: its own, and the one of the random sampler it falls back on.</summary>
/// <remarks>Optuna seeds both alike and draws from each in turn; keeping them apart is what makes a seeded study repeat Optuna's sequence.</remarks>
public sealed class RandomStreams
{
    private readonly Func<uint, RandomState> _create;
    private RandomState? _own;
    private RandomState? _fallback;

    private RandomStreams(Func<uint, RandomState> create) => _create = create;

    public RandomState Own => _own ??= _create(0);

    public RandomState Fallback => _fallback ??= _create(1);

    /// <summary>One sequence through the whole study, as a seeded Optuna sampler draws it: for trials one after the other.</summary>
    public static RandomStreams Sequential(ulong seed) => new(_ => seed <= uint.MaxValue
        ? new RandomState((uint)seed)
        : new RandomState([(uint)seed, (uint)(seed >> 32)]));

    /// <summary>A trial's own generators, whoever draws and in whatever order trials run.</summary>
    /// <param name="salt">Tells apart draws for one trial that may happen in any order.</param>
    public static RandomStreams ForTrial(ulong seed, int number, uint salt = 0) =>
        new(stream => RandomState.ForTrial(seed, number, (salt << 1) | stream));

    /// <summary>Generators for what is decided when a trial starts, apart from those its parameters are drawn from.</summary>
    public static RandomStreams AtStart(ulong seed, int number) => ForTrial(seed, number, 0x3517A127);
}
