using System.Collections.Immutable;
using Optuna.Json;

namespace Optuna.Worker.Objectives;

/// <summary>Runs a program in any language, once per trial.</summary>
/// <remarks>
/// <para>In: one line of JSON on standard input, the parameters (<c>{"x": 1.5, "n": 3}</c>), and the same in the
/// environment (<see cref="ExecEnvironment"/>). Standard input stays open, so a program reads a line, not to the end.</para>
/// <para>Out: lines of JSON on standard output (<see cref="ExecLine"/>); the last result counts, other lines go to the
/// log. Exit code 0. What it leaves running is ended with it.</para>
/// <para>Pruning: the line <c>{"prune": true}</c> on its standard input, then SIGTERM to its process group, then, after
/// <see cref="ExecOptions.KillGrace"/>, SIGKILL. Cancellation and time limit are the same without the line. Where there
/// are no process groups (Windows), the end of its standard input takes the place of SIGTERM.</para>
/// <para>A program that outlives a killed worker sees the end of its standard input; nobody else can tell it.</para>
/// <para>Safe for use from several threads.</para>
/// </remarks>
public sealed class ExecObjective : IObjective
{
    private readonly ExecOptions _options;
    private readonly ExecEnvironment _environment;
    private readonly TextWriter _errors;
    private readonly ProcessGroup _group;

    /// <param name="options">Checked here.</param>
    /// <param name="errors">Gets the programs' standard error, each line with its trial's number; null for the worker's own.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or two parameters would share an environment variable.</exception>
    public ExecObjective(ExecOptions options, TextWriter? errors = null)
        : this(options, errors, ProcessGroup.Default)
    {
    }

    internal ExecObjective(ExecOptions options, TextWriter? errors, ProcessGroup group)
    {
        _options = options.Validated();
        _environment = new ExecEnvironment(options.SearchSpace);
        _errors = TextWriter.Synchronized(errors ?? Console.Error);
        _group = group;
    }

    /// <exception cref="ExecFailedException">The program could not be started, failed, gave no result or broke the protocol.</exception>
    public async ValueTask<ObjectiveValue> EvaluateAsync(Trial trial, CancellationToken cancellationToken)
    {
        var values = _options.SearchSpace.Select(p => KeyValuePair.Create(p.Key, trial.Suggest(p.Key, p.Value))).ToImmutableArray();
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var child = ChildProcess.Start(_options.Command, _group, _options.KillGrace, start =>
        {
            start.WorkingDirectory = _options.WorkingDirectory ?? "";
            _environment.Write(start.Environment, trial, values);
        });
        if (_options.Timeout is { } timeout)
            limit.CancelAfter(timeout);
        child.WriteLine(PythonJson.Write(values));
        try
        {
            return await new ExecRun(trial, child, _errors).ResultAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ExecFailedException($"The program took longer than {_options.Timeout} and was ended.");
        }
    }
}
