using System.Diagnostics;

namespace Optuna.Testing.Processes;

/// <summary>A program of ours as a process of its own, with everything it prints kept for whoever asks.</summary>
public sealed class ProgramProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<Waiter> _waiters = [];

    private ProgramProcess(string name, Process process)
    {
        (Name, _process) = (name, process);
        process.OutputDataReceived += (_, e) => Add(e.Data, "");
        process.ErrorDataReceived += (_, e) => Add(e.Data, "! ");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Name { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Once it has exited; 128 and the signal's number if a signal ended it.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Processor time spent so far; nothing once it has ended.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? TimeSpan.Zero : _process.TotalProcessorTime;
        }
    }

    /// <summary>Lines in the order they came; those of standard error begin with "! ".</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    /// <param name="dll">A program's file beside the test's own.</param>
    /// <param name="environment">Over the test's own environment, from which every OPTUNA_… is taken out.</param>
    public static ProgramProcess Start(
        string name, string dll, IEnumerable<string> arguments, string workingDirectory, IReadOnlyDictionary<string, string>? environment = null) =>
        StartCommand(name, "dotnet", [Beside(dll), .. arguments], workingDirectory, environment);

    /// <summary>Path of a program's file beside the test's own.</summary>
    public static string Beside(string dll) => Path.Combine(AppContext.BaseDirectory, dll);

    /// <param name="command">Of the system: a file, or a name to be found in the PATH.</param>
    /// <param name="environment">As above.</param>
    public static ProgramProcess StartCommand(
        string name, string command, IEnumerable<string> arguments, string workingDirectory, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in start.Environment.Keys.Where(k => k.StartsWith("OPTUNA_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(variable);
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new ProgramProcess(name, process);
    }

    /// <summary>The first line that fits, printed already or yet to come.</summary>
    /// <exception cref="InvalidOperationException">The process ended, or the time passed, without it; what it printed is in the message.</exception>
    public async Task<string> LineAsync(Func<string, bool> fits, TimeSpan patience)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_lines.Find(l => fits(l)) is { } line)
                return line;
            _waiters.Add(new Waiter(fits, found));
        }

        // The output is complete when this ends, not before.
        await Task.WhenAny(found.Task, _process.WaitForExitAsync(), Task.Delay(patience));
        if (found.Task.IsCompleted)
            return await found.Task;
        throw new InvalidOperationException(_process.HasExited
            ? $"{Name} ended with exit code {_process.ExitCode} without the line:\n{Text}"
            : $"{Name} did not print the line within {patience.TotalSeconds:0} s:\n{Text}");
    }

    /// <returns>The exit code.</returns>
    /// <exception cref="InvalidOperationException">It did not end in time; what it printed is in the message.</exception>
    public async Task<int> ExitAsync(TimeSpan patience)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(patience);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"{Name} did not end within {patience.TotalSeconds:0} s:\n{Text}");
        }
    }

    /// <summary>SIGTERM: an orderly end is asked for.</summary>
    public void Terminate() => Signal(Signals.Terminate);

    /// <summary>SIGKILL: no more instruction of it runs.</summary>
    public async Task KillAsync()
    {
        Signal(Signals.Kill);
        await _process.WaitForExitAsync();
    }

    public void Freeze() => Signal(Signals.Stop);

    public void Thaw() => Signal(Signals.Continue);

    /// <summary>Everything it printed, each line with its name.</summary>
    public string Text => string.Join('\n', Lines.Select(l => $"  [{Name}] {l}"));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private void Signal(int signal)
    {
        if (!_process.HasExited)
            Signals.Send(_process.Id, signal);
    }

    private void Add(string? data, string prefix)
    {
        if (data is null)
            return;
        var line = prefix + data;
        List<Waiter> fitting;
        lock (_lock)
        {
            _lines.Add(line);
            fitting = _waiters.FindAll(w => w.Fits(line));
            _waiters.RemoveAll(fitting.Contains);
        }

        foreach (var waiter in fitting)
            waiter.Found.TrySetResult(line);
    }

    private sealed record Waiter(Func<string, bool> Fits, TaskCompletionSource<string> Found);
}
