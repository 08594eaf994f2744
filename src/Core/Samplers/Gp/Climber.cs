namespace Optuna.Samplers.Gp;

/// <summary>One local search: where it stands.</summary>
internal sealed class Climber(double[] point)
{
    /// <summary>Of <see cref="LastMoved"/>: the continuous dimensions, all together.</summary>
    internal const int Continuous = -1;

    internal double[] Point { get; } = point;

    internal double Value { get; set; }

    /// <summary>Whether the last search along some dimensions got higher.</summary>
    internal bool HasMoved { get; set; }

    /// <summary>The dimension it last moved along. A whole round without a move brings it back to that one: it has arrived.</summary>
    internal int LastMoved { get; set; } = Continuous;
}
