using Optuna.Testing.Processes;

namespace Optuna.Chaos.Stage;

/// <summary>A program under a supervisor that starts it again whenever it has ended.</summary>
/// <param name="start">Starts it.</param>
/// <param name="ended">Told how it ended, and whether that was this object's own doing.</param>
internal sealed class Supervised(string name, Func<Task<ProgramProcess?>> start, Action<ProgramProcess, bool> ended) : IAsyncDisposable
{
    private static readonly TimeSpan RestartAfter = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    // Kept to the end: a fault may still hold one.
    private readonly List<ProgramProcess> _lives = [];
    private volatile TaskCompletionSource? _hold;
    private Task? _running;

    public ProgramProcess? Process { get; private set; }

    public string Name => name;

    public int Starts => _lives.Count;

    /// <summary>Completes when the program is not to be started any more.</summary>
    public Task Done => _running!;

    public void Start() => _running = RunAsync();

    /// <summary>It is not started again until <see cref="Release"/>.</summary>
    public void Hold() => _hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release()
    {
        _hold?.TrySetResult();
        _hold = null;
    }

    /// <summary>Nothing is started any more; what runs is ended by <see cref="DisposeAsync"/>.</summary>
    public void Stop() => _stop.Cancel();

    public async ValueTask DisposeAsync()
    {
        Stop();
        Release();
        if (Process is { HasExited: false } process)
            await process.KillAsync();
        if (_running is not null)
            await _running;
        foreach (var life in _lives)
            await life.DisposeAsync();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                if (_hold is { } hold)
                    await hold.Task;
                var process = await start();
                if (process is null)
                    return;
                _lives.Add(process);
                Process = process;
                if (_stop.IsCancellationRequested)
                    await process.KillAsync();
                await process.ExitAsync(Timeout.InfiniteTimeSpan);
                ended(process, _stop.IsCancellationRequested);
                await Task.Delay(RestartAfter, _stop.Token);
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // Whatever the end of everything cut short.
        }
    }
}
