using Optuna.Studies;

namespace Optuna.Coordinator.Gateway;

/// <summary>What this node has read of a study, for many readers.</summary>
/// <remarks>
/// Every reader gets at least what was acknowledged when it asked: it waits for a question to the study that was sent after it came.
/// Readers who come meanwhile share the next question.
/// </remarks>
internal abstract class StudyCopy(StudyId study)
{
    private readonly SemaphoreSlim _turn = new(1);
    private long _arrived;
    private long _served;

    public StudyId Study => study;

    /// <summary>When it was last read, in <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long LastUsed { get; private set; } = TimeProvider.System.GetTimestamp();

    /// <param name="read">Reads the copy; no other reader or question is at it meanwhile.</param>
    /// <exception cref="CoordinatorUnreachableException">The study could not be reached.</exception>
    protected async Task<T> FreshAsync<T>(Func<T> read, CancellationToken cancel)
    {
        var arrival = Interlocked.Increment(ref _arrived);
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            LastUsed = TimeProvider.System.GetTimestamp();
            if (_served < arrival)
            {
                var arrived = Interlocked.Read(ref _arrived);
                await RefreshAsync(cancel).ConfigureAwait(false);
                _served = arrived;
            }

            return read();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Asks the study for what is new.</summary>
    protected abstract Task RefreshAsync(CancellationToken cancel);
}
