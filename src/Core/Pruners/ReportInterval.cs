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

    public bool Speaks(PruningContext context) => Speaks(context.LastStep, context.StepBeforeLast);

    /// <param name="before">The step reported before it; −1 for none.</param>
    public bool Speaks(long step, long before) => step >= _warmup && before < ((step - _warmup) / _length * _length) + _warmup;
}
