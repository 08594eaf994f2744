using System.Collections.Immutable;
using System.Text;
using Optuna.Distributions;
using Optuna.SearchSpaces;

namespace Optuna.Worker.Objectives;

/// <summary>Where a worker's objective comes from, as its command line says it.</summary>
public sealed record ObjectiveSource
{
    /// <summary><c>--objective ASSEMBLY.dll#Type</c>.</summary>
    public string? Objective { get; init; }

    /// <summary><c>--exec "COMMAND"</c>; needs <see cref="SearchSpaceFile"/>.</summary>
    public string? Exec { get; init; }

    /// <summary><c>--search-space FILE.json</c>: a JSON object, parameter name to distribution.</summary>
    public string? SearchSpaceFile { get; init; }

    /// <summary><c>--exec-timeout SECONDS</c>.</summary>
    /// <inheritdoc cref="ExecOptions.Timeout" path="/value"/>
    public TimeSpan? ExecTimeout { get; init; }

    /// <summary><c>--exec-grace SECONDS</c>; null for the default of <see cref="ExecOptions.KillGrace"/>.</summary>
    public TimeSpan? ExecKillGrace { get; init; }

    /// <summary>Gets what programs write to standard error; null for the process's own.</summary>
    public TextWriter? Errors { get; init; }

    /// <exception cref="ArgumentException">The options do not fit together, or one is wrong; the message names it.</exception>
    public IObjective Open() => (Objective, Exec) switch
    {
        (null, null) => throw new ArgumentException("One of --objective and --exec is needed."),
        (not null, not null) => throw new ArgumentException("Give either --objective or --exec, not both."),
        ({ } reference, null) => OpenAssembly(reference),
        (null, { } command) => OpenExec(command),
    };

    private IObjective OpenAssembly(string reference)
    {
        if (SearchSpaceFile is not null)
            throw new ArgumentException("--search-space is for --exec only: an objective suggests its own parameters.");
        if (ExecTimeout is not null || ExecKillGrace is not null)
            throw new ArgumentException("--exec-timeout and --exec-grace are for --exec only.");
        return Named("--objective", () => AssemblyObjective.Load(reference));
    }

    private IObjective OpenExec(string command)
    {
        if (SearchSpaceFile is not { } file)
            throw new ArgumentException("--exec needs --search-space FILE.json.");
        var space = Named("--search-space", () => Read(file));
        var options = Named("--exec", () => new ExecOptions(command, space).Validated());
        if (ExecTimeout is { } timeout)
            options = Named("--exec-timeout", () => (options with { Timeout = timeout }).Validated());
        if (ExecKillGrace is { } grace)
            options = Named("--exec-grace", () => (options with { KillGrace = grace }).Validated());

        // What is left to refuse are parameters that an environment cannot hold.
        return Named("--search-space", () => new ExecObjective(options, Errors));
    }

    private static ImmutableArray<KeyValuePair<string, Distribution>> Read(string file)
    {
        try
        {
            return SearchSpaceJson.Read(File.ReadAllText(file, new UTF8Encoding(false, throwOnInvalidBytes: true)));
        }
        catch (DecoderFallbackException e)
        {
            throw new ArgumentException($"'{file}' is not UTF-8 text.", e);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"'{file}': {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ArgumentException($"'{file}' could not be read: {e.Message}", e);
        }
    }

    private static T Named<T>(string option, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"{option}: {e.Message}", e);
        }
    }
}
