namespace Optuna.Samplers.Tpe;

/// <summary>How kernels are made of observations. The defaults are Optuna's; it has deprecated changing them.</summary>
internal sealed record ParzenOptions
{
    internal static readonly ParzenOptions Default = new();

    /// <summary>Weight of the one kernel that covers the whole range, where an observation of full weight has 1.</summary>
    /// <value>0 or more.</value>
    internal double PriorWeight
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentException($"prior_weight must be 0 or more, but it is {value:R}.");
    } = 1;

    /// <summary>Whether widths have a floor that falls with the number of kernels.</summary>
    internal bool MagicClip { get; init; } = true;

    /// <summary>Whether the outermost kernels reach to the ends of the range.</summary>
    internal bool Endpoints { get; init; }

    /// <summary>Weights of n observations, oldest first; null for <see cref="ParzenWeights.Default"/>.</summary>
    internal Func<int, IReadOnlyList<double>>? Weights { get; init; }

    /// <summary>All observations weigh 1, whatever <see cref="Weights"/> says.</summary>
    internal bool Uniform { get; init; }
}
