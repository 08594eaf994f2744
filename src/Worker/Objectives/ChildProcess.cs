using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Optuna.Worker.Objectives;

/// <summary>A running command with its three streams, and the means to end it with all that it started.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan s_longestPoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestDeath = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_lastWords = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly ProcessGroup _group;
    private readonly TimeSpan _grace;
    private readonly Stream _input;
    private readonly CancellationTokenSource _inputOver = new();
    private readonly CancellationTokenSource _outputOver = new();
    private Task _written = Task.CompletedTask;

    private ChildProcess(Process process, ProcessGroup group, TimeSpan grace)
    {
        (_process, _group, _grace) = (process, group, grace);
        _input = process.StandardInput.BaseStream;
        Output = process.StandardOutput.BaseStream;
        Errors = process.StandardError.BaseStream;
        Exited = WatchAsync();
    }

    public Stream Output { get; }

    public Stream Errors { get; }

    /// <summary>The command's own process is gone; what it started in the background may live.</summary>
    public Task Exited { get; }

    public int ExitCode => _process.ExitCode;

    /// <summary>Cancelled some time after <see cref="Exited"/>: whoever keeps the pipes open then is not waited for.</summary>
    public CancellationToken OutputOver => _outputOver.Token;

    /// <param name="prepare">Completes the folder and the environment.</param>
    /// <param name="grace">Between SIGTERM and SIGKILL, and from the exit to <see cref="OutputOver"/>.</param>
    /// <exception cref="ExecFailedException">The operating system refuses.</exception>
    public static ChildProcess Start(string command, ProcessGroup group, TimeSpan grace, Action<ProcessStartInfo> prepare)
    {
        var start = group.Shell(command);
        start.UseShellExecute = false;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        prepare(start);
        var process = new Process { StartInfo = start };
        try
        {
            process.Start();
            return new ChildProcess(process, group, grace);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            process.Dispose();
            throw new ExecFailedException($"The command '{ExecText.Short(command)}' could not be started: {e.Message}", e);
        }
    }

    /// <summary>Lines are written in order, behind the caller's back: a program need not read them.</summary>
    public void WriteLine(string line) => _written = WriteAfterAsync(_written, Encoding.UTF8.GetBytes(line + '\n'));

    /// <summary>Ends a program that did not end by itself: SIGTERM, then SIGKILL for whoever is left.</summary>
    /// <remarks>The caller goes on reading output meanwhile, or a program that prints its last words into a full pipe hangs.</remarks>
    public async Task StopAsync()
    {
        // What was just written should be there before the signal is.
        await Task.WhenAny(_written, Task.Delay(s_lastWords)).ConfigureAwait(false);
        CloseInput();
        Signal(ProcessGroup.Terminate);
        await WhileAliveAsync(_grace).ConfigureAwait(false);
        await KillAsync().ConfigureAwait(false);
    }

    /// <summary>Ends at once whoever is left, of the program or of what it started; returns when they are gone.</summary>
    public async Task KillAsync()
    {
        SendKill();
        await Exited.ConfigureAwait(false);

        // Dying takes a moment: files, memory and devices are free for the next trial only then.
        await WhileAliveAsync(s_longestDeath).ConfigureAwait(false);
    }

    public void Dispose()
    {
        CloseInput();
        Output.Dispose();
        Errors.Dispose();
        _process.Dispose();
        _inputOver.Dispose();
        _outputOver.Dispose();
    }

    private async Task WhileAliveAsync(TimeSpan limit)
    {
        var start = Stopwatch.GetTimestamp();
        for (var poll = TimeSpan.FromMilliseconds(1); IsAlive && Stopwatch.GetElapsedTime(start) < limit; poll = Min(poll * 2, s_longestPoll))
            await Task.Delay(poll).ConfigureAwait(false);
    }

    private void SendKill()
    {
        if (!_process.HasExited)
        {
            try
            {
                // Finds also those who left the group, as long as their parents live.
                _process.Kill(entireProcessTree: true);
            }
            catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
            {
                // It went in this moment, or some of it did.
            }
        }

        Signal(ProcessGroup.Kill);
    }

    private bool IsAlive => !_process.HasExited || _group.IsAlive(_process.Id);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private void Signal(int signal) => _group.Signal(_process.Id, signal, leaderLives: !_process.HasExited);

    private async Task WatchAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _outputOver.CancelAfter(_grace);
    }

    private async Task WriteAfterAsync(Task before, byte[] line)
    {
        await before.ConfigureAwait(false);
        try
        {
            await _input.WriteAsync(line, _inputOver.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The program does not listen: it need not.
        }
    }

    private void CloseInput()
    {
        _inputOver.Cancel();
        try
        {
            _input.Dispose();
        }
        catch (IOException)
        {
            // As above: nobody is at the other end.
        }
    }
}
