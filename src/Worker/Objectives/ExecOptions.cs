using System.Collections.Immutable;
using Optuna.Distributions;

namespace Optuna.Worker.Objectives;

/// <summary>An external program and what it is told.</summary>
/// <param name="Command">For <c>/bin/sh -c</c> (on Windows <c>cmd /c</c>).</param>
/// <param name="SearchSpace">Every parameter is suggested for every trial, in this order.</param>
public sealed record ExecOptions(string Command, ImmutableArray<KeyValuePair<string, Distribution>> SearchSpace)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(40);

    /// <summary>A trial that takes longer is ended and fails.</summary>
    /// <value>Null for no limit; otherwise above 0 and at most 40 days.</value>
    public TimeSpan? Timeout { get; init; }

    /// <value>Null for the worker's own.</value>
    public string? WorkingDirectory { get; init; }

    /// <summary>Time between SIGTERM and SIGKILL; also how long output is awaited from what the program left running.</summary>
    /// <value>Default 5 s; from 0 to 40 days.</value>
    public TimeSpan KillGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <exception cref="ArgumentException">A value is out of its range, or the folder does not exist.</exception>
    internal ExecOptions Validated()
    {
        if (string.IsNullOrWhiteSpace(Command) || Command.Contains('\0'))
            throw new ArgumentException("The command must not be empty, and must not contain a NUL character.");
        if (SearchSpace.IsDefault)
            throw new ArgumentException("A search space is needed.");
        if (Timeout is { } timeout && (timeout <= TimeSpan.Zero || timeout > s_longest))
            throw new ArgumentException($"The time limit of a trial must be above 0 and at most 40 days (it is {timeout}).");
        if (KillGrace < TimeSpan.Zero || KillGrace > s_longest)
            throw new ArgumentException($"The time between SIGTERM and SIGKILL must be between 0 and 40 days (it is {KillGrace}).");
        if (WorkingDirectory is { } folder && !Directory.Exists(folder))
            throw new ArgumentException($"The working directory '{folder}' does not exist.");
        return this;
    }
}
