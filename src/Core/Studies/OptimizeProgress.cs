namespace Optuna.Studies;

/// <summary>How far one call of Optimize is.</summary>
/// <param name="Done">Trials this call has finished.</param>
/// <param name="Total">Trials it will run; null without a limit.</param>
/// <param name="Elapsed">Since the call.</param>
public sealed record OptimizeProgress(int Done, int? Total, TimeSpan Elapsed);
