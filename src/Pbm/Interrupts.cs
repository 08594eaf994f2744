using System.Runtime.InteropServices;

namespace Optuna.Pbm;

/// <summary>Ctrl-C and SIGTERM: the first ends the command that runs, and only with none running, or at the second, the program.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource? _running;

    /// <summary>A command begins. The token says that it is to end.</summary>
    public CancellationToken Begin()
    {
        lock (_lock)
        {
            _running?.Dispose();
            _running = new CancellationTokenSource();
            return _running.Token;
        }
    }

    /// <summary>It is over.</summary>
    public void End()
    {
        lock (_lock)
        {
            _running?.Dispose();
            _running = null;
        }
    }

    public void On(PosixSignalContext signal)
    {
        CancellationTokenSource? running;
        lock (_lock)
            running = _running;
        if (running is null || running.IsCancellationRequested)
            return;
        signal.Cancel = true;
        running.Cancel();
    }

    public void Dispose() => End();
}
