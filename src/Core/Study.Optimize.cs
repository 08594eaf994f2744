using Optuna.Studies;
using Optuna.Trials;

namespace Optuna;

/// <content>The loop: ask, evaluate, tell.</content>
public sealed partial class Study
{
    private readonly AsyncLocal<Optimization?> _current = new();

    /// <summary>Evaluates an objective again and again. Returns when the trials are done, the time is over, or <see cref="Stop"/> was called.</summary>
    /// <param name="objective">Called once per trial; throw <see cref="TrialPrunedException"/> to end a trial early; NaN fails the trial.</param>
    /// <param name="nTrials">How many trials this call runs; null for no limit.</param>
    /// <param name="timeout">No new trial starts after it; running ones are not interrupted.</param>
    /// <param name="nJobs">Threads that evaluate at once; −1 for one per processor.</param>
    /// <param name="catch">Exceptions that fail their trial without ending the optimisation.</param>
    /// <param name="callbacks">Called after every trial, one at a time.</param>
    /// <param name="progress">Told after every trial.</param>
    /// <param name="cancellationToken">Ends the optimisation with an <see cref="OperationCanceledException"/>; the trials at work are told first.</param>
    /// <exception cref="InvalidOperationException">Called from inside an objective or callback of this study.</exception>
    public void Optimize(
        Func<Trial, double> objective, int? nTrials = null, TimeSpan? timeout = null, int nJobs = 1,
        IReadOnlyCollection<Type>? @catch = null, IReadOnlyCollection<Action<Study, FrozenTrial>>? callbacks = null,
        IProgress<OptimizeProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Run((trial, _) => new ValueTask<ObjectiveValue>(objective(trial)), nTrials, timeout, nJobs, @catch, callbacks, progress, cancellationToken)
            .GetAwaiter().GetResult();

    /// <inheritdoc cref="Optimize(Func{Trial, double}, int?, TimeSpan?, int, IReadOnlyCollection{Type}?, IReadOnlyCollection{Action{Study, FrozenTrial}}?, IProgress{OptimizeProgress}?, CancellationToken)"/>
    public void Optimize(
        Func<Trial, double[]> objective, int? nTrials = null, TimeSpan? timeout = null, int nJobs = 1,
        IReadOnlyCollection<Type>? @catch = null, IReadOnlyCollection<Action<Study, FrozenTrial>>? callbacks = null,
        IProgress<OptimizeProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Run((trial, _) => new ValueTask<ObjectiveValue>(objective(trial)), nTrials, timeout, nJobs, @catch, callbacks, progress, cancellationToken)
            .GetAwaiter().GetResult();

    /// <inheritdoc cref="Optimize(Func{Trial, double}, int?, TimeSpan?, int, IReadOnlyCollection{Type}?, IReadOnlyCollection{Action{Study, FrozenTrial}}?, IProgress{OptimizeProgress}?, CancellationToken)"/>
    public Task OptimizeAsync(
        Func<Trial, CancellationToken, ValueTask<ObjectiveValue>> objective, int? nTrials = null, TimeSpan? timeout = null, int nJobs = 1,
        IReadOnlyCollection<Type>? @catch = null, IReadOnlyCollection<Action<Study, FrozenTrial>>? callbacks = null,
        IProgress<OptimizeProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Run(objective, nTrials, timeout, nJobs, @catch, callbacks, progress, cancellationToken), CancellationToken.None);

    /// <inheritdoc cref="Optimize(Func{Trial, double}, int?, TimeSpan?, int, IReadOnlyCollection{Type}?, IReadOnlyCollection{Action{Study, FrozenTrial}}?, IProgress{OptimizeProgress}?, CancellationToken)"/>
    public Task OptimizeAsync(
        Func<Trial, double> objective, int? nTrials = null, TimeSpan? timeout = null, int nJobs = 1,
        IReadOnlyCollection<Type>? @catch = null, IReadOnlyCollection<Action<Study, FrozenTrial>>? callbacks = null,
        IProgress<OptimizeProgress>? progress = null, CancellationToken cancellationToken = default) =>
        OptimizeAsync((trial, _) => new ValueTask<ObjectiveValue>(objective(trial)), nTrials, timeout, nJobs, @catch, callbacks, progress, cancellationToken);

    /// <inheritdoc cref="Optimize(Func{Trial, double}, int?, TimeSpan?, int, IReadOnlyCollection{Type}?, IReadOnlyCollection{Action{Study, FrozenTrial}}?, IProgress{OptimizeProgress}?, CancellationToken)"/>
    public Task OptimizeAsync(
        IObjective objective, int? nTrials = null, TimeSpan? timeout = null, int nJobs = 1,
        IReadOnlyCollection<Type>? @catch = null, IReadOnlyCollection<Action<Study, FrozenTrial>>? callbacks = null,
        IProgress<OptimizeProgress>? progress = null, CancellationToken cancellationToken = default) =>
        OptimizeAsync(objective.EvaluateAsync, nTrials, timeout, nJobs, @catch, callbacks, progress, cancellationToken);

    /// <summary>Ends the optimisation after the trials at work. Only from inside an objective or callback of this study.</summary>
    /// <exception cref="InvalidOperationException">Called from elsewhere.</exception>
    public void Stop() => (_current.Value
        ?? throw new InvalidOperationException("Study.Stop is for use inside an objective function or callback.")).Stop();

    private async Task Run(
        Func<Trial, CancellationToken, ValueTask<ObjectiveValue>> objective, int? nTrials, TimeSpan? timeout, int nJobs,
        IReadOnlyCollection<Type>? caught, IReadOnlyCollection<Action<Study, FrozenTrial>>? callbacks,
        IProgress<OptimizeProgress>? progress, CancellationToken cancellationToken)
    {
        if (_current.Value is not null)
            throw new InvalidOperationException("Optimize cannot be called from inside an objective function or callback of the same study.");
        if (nTrials < 0)
            throw new ArgumentException($"'nTrials' must not be negative (it is {nTrials}).");
        if (nJobs is 0 or < -1)
            throw new ArgumentException($"'nJobs' must be positive, or -1 for one per processor (it is {nJobs}).");
        var jobs = nJobs == -1 ? ProcessorCount : nJobs;
        if (jobs > 1)
            _backend.PrepareForParallelTrials();
        var optimization = new Optimization(
            this, _backend, _summary, _worker, _requests, _known, objective, nTrials, timeout, [.. caught ?? []], [.. callbacks ?? []], progress, _clock);
        _current.Value = optimization;
        try
        {
            await optimization.RunAsync(jobs, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _current.Value = null;
        }
    }

    // The banned-symbols list keeps the rest of Environment out of the engine.
#pragma warning disable RS0030
    private static int ProcessorCount => Environment.ProcessorCount;
#pragma warning restore RS0030
}
