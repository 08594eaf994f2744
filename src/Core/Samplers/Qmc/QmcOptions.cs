namespace Optuna.Samplers.Qmc;

/// <summary>How a <see cref="QmcSampler"/> works. The defaults are those of Optuna 5.</summary>
public sealed record QmcOptions
{
    public static readonly QmcOptions Default = new();

    /// <summary>Which sequence.</summary>
    public QmcType Type { get; init; } = QmcType.Sobol;

    /// <summary>Randomize the sequence without making it less even. Unscrambled, the first point is the corner of all lower ends.</summary>
    public bool Scramble { get; init; }

    /// <summary>Decides the scramble; null: the study's seed, which all its workers share.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Say so when a parameter is drawn at random because it is not in the first finished trial.</summary>
    public bool WarnIndependentSampling { get; init; } = true;

    /// <summary>A sequence by Optuna's name of it.</summary>
    /// <exception cref="ArgumentException">Neither "sobol" nor "halton".</exception>
    public static QmcType ParseType(string name) => name switch
    {
        "sobol" => QmcType.Sobol,
        "halton" => QmcType.Halton,
        _ => throw new ArgumentException($"qmc_type must be 'sobol' or 'halton', but it is '{name}'."),
    };
}
