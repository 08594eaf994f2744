using Optuna.Cli.Storage;
using Optuna.Studies;
using Optuna.Trials;
using Optuna.Worker.Trials;
using Spectre.Console;

namespace Optuna.Cli.Optimize;

/// <summary>What people see on stderr while trials are evaluated: on a terminal a line that stays where it is; trials that failed; with -v lines about every trial instead.</summary>
internal sealed class OptimizeReport : IDisposable
{
    private static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly IAnsiConsole? _live;
    private readonly bool _isVerbose;
    private WorkerResult _tally = new(0, 0, 0);

    public OptimizeReport(Verbosity verbosity)
    {
        _isVerbose = verbosity == Verbosity.Verbose;
        if (verbosity == Verbosity.Quiet)
            Lines = TextWriter.Null;
        else if (_isVerbose || !LogFile.IsTerminal)
            Lines = Console.Error;
        else
            Lines = new ConsoleLines(_live = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }));
        if (_isVerbose)
            OptunaLog.Written += Write;
    }

    /// <summary>Where programs' own lines go.</summary>
    public TextWriter Lines { get; }

    public WorkerResult Tally
    {
        get
        {
            lock (_gate)
                return _tally;
        }
    }

    /// <summary>A trial has ended; called one at a time.</summary>
    public void Ended(Study study, FrozenTrial trial)
    {
        lock (_gate)
            _tally = _tally.With(trial.State);
        if (trial is { State: TrialState.Fail, Reason: { } reason })
            Lines.WriteLine($"Trial {trial.Number} of {study.Name} failed: {reason}");
    }

    /// <summary>Shows how far a call is until it has ended, however it ends.</summary>
    /// <param name="look">Asks for the study's summary.</param>
    public async Task ShowAsync(Task run, ProgressText text, StudySummary summary, Func<ValueTask<StudySummary>> look)
    {
        if (_live is null)
            return;
        var start = TimeProvider.System.GetTimestamp();
        await _live.Live(new Text("")).StartAsync(async context =>
        {
            while (!run.IsCompleted)
            {
                await Task.WhenAny(run, Task.Delay(s_refresh)).ConfigureAwait(false);
                try
                {
                    summary = await look().ConfigureAwait(false);
                }
                catch (Exception e) when (e is OptunaException or OperationCanceledException)
                {
                    // The trials go on, or say themselves that they cannot.
                }

                context.UpdateTarget(new Text(text.At(Tally, TimeProvider.System.GetElapsedTime(start), summary)));
            }
        }).ConfigureAwait(false);
    }

    public void Dispose()
    {
        if (_isVerbose)
            OptunaLog.Written -= Write;
    }

    private void Write(OptunaLogLevel level, string message) => Lines.WriteLine(message);
}
