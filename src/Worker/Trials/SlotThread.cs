using Optuna.Studies;

namespace Optuna.Worker.Trials;

/// <summary>The thread a slot's objective runs on, one trial after the other. Objectives compute for long or block: they must not take the pool's threads.</summary>
/// <remarks>Kept for all of the slot's trials: making a thread costs more than the whole way of a short trial.</remarks>
internal sealed class SlotThread : IDisposable
{
    // Waited for without spinning, as the collections of the runtime do first: trials come milliseconds apart at best.
    private readonly object _gate = new();
    private readonly IObjective _objective;
    private readonly CancellationToken _cancel;
    private readonly Action<Evaluation> _evaluated;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Trial? _next;
    private bool _ended;

    /// <param name="evaluated">Called on this thread, once per trial.</param>
    public SlotThread(IObjective objective, CancellationToken cancel, string name, Action<Evaluation> evaluated)
    {
        (_objective, _cancel, _evaluated) = (objective, cancel, evaluated);
        new Thread(Run) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Completes when the thread has ended: nothing of the objective runs any more.</summary>
    public Task Done => _done.Task;

    /// <summary>Begins the next trial; the one before must have been evaluated.</summary>
    public void Evaluate(Trial trial)
    {
        lock (_gate)
        {
            _next = trial;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>The thread ends after the trial it is at.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        while (Next() is { } trial)
            _evaluated(Evaluation.RunAsync(_objective.EvaluateAsync, trial, _cancel).AsTask().GetAwaiter().GetResult());
        _done.TrySetResult();
    }

    private Trial? Next()
    {
        lock (_gate)
        {
            while (_next is null && !_ended)
                Monitor.Wait(_gate);
            var trial = _ended ? null : _next;
            _next = null;
            return trial;
        }
    }
}
