namespace Optuna.Pruners;

/// <summary>When a pruner speaks: not in the warm-up, and after it only at the first report of every so many steps.</summary>
internal readonly record struct ReportInterval
{
    private readonly long _warmup;
    private readonly long _length;

    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public ReportInterval(long warmupSteps, long intervalSteps)
    {
        OptionRange.AtLeast("n_warmup_steps", 0, warmupSteps);
        OptionRange.AtLeast("interval_steps", 1, intervalSteps);
        (_warmup, _length) = (warmupSteps, intervalSteps);
    }

    public bool Speaks(PruningContext context)
    {
        var step = context.LastStep;
        return step >= _warmup && context.StepBeforeLast < ((step - _warmup) / _length * _length) + _warmup;
    }
}
