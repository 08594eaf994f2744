using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Optuna.Testing.Processes;

namespace Optuna.Bench;

/// <summary>A trial that a client was told is finished.</summary>
/// <param name="At">On the clock of <see cref="Stopwatch"/>, which is the system's monotonic one here as in Python.</param>
internal sealed record Finished(int Number, double Value, long At);

/// <summary>Python processes that run <c>study.optimize</c> on one study.</summary>
internal sealed class Clients : IAsyncDisposable
{
    private readonly List<ProgramProcess> _processes;

    private Clients(List<ProgramProcess> processes) => _processes = processes;

    public TimeSpan Cpu => TimeSpan.FromTicks(_processes.Sum(p => p.Cpu.Ticks));

    /// <summary>What every client has said up to now.</summary>
    public List<Finished> Finished => [.. _processes.SelectMany(p => p.Lines).Select(Parse).OfType<Finished>()];

    /// <summary>Makes the study; ends when every client has finished a trial.</summary>
    public static async Task<Clients> StartAsync(Lab lab, string kind, string target, string study, GrpcPlan plan, int clients, int reports)
    {
        await RunAsync(lab, kind, target, study, "create").ConfigureAwait(false);
        return await JoinAsync(lab, kind, target, study, plan, clients, reports).ConfigureAwait(false);
    }

    /// <summary>On a study that is there already.</summary>
    public static async Task<Clients> JoinAsync(Lab lab, string kind, string target, string study, GrpcPlan plan, int clients, int reports)
    {
        var started = new Clients([]);
        try
        {
            for (var i = 0; i < clients; i++)
                started._processes.Add(lab.Python($"client {i}", "bench_client.py", kind, target, study, "work", $"{plan.Params}", $"{reports}", plan.Pruner));
            foreach (var process in started._processes)
                await process.LineAsync(l => Parse(l) is not null, Lab.Patience).ConfigureAwait(false);
            return started;
        }
        catch
        {
            await started.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>One command of the script to its end; what it printed.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(Lab lab, string kind, string target, string study, string command)
    {
        await using var process = lab.Python(command, "bench_client.py", kind, target, study, command);
        if (await process.ExitAsync(Lab.Patience).ConfigureAwait(false) != 0)
            throw new OptunaException($"A client ended with an error:\n{process.Text}");
        return process.Lines;
    }

    /// <exception cref="OptunaException">A client has ended, which it should not.</exception>
    public void MustLive()
    {
        if (_processes.Find(p => p.HasExited) is { } ended)
            throw new OptunaException($"A client ended:\n{string.Join('\n', ended.Lines.TakeLast(20))}");
    }

    /// <summary>Lets each finish its trial.</summary>
    /// <exception cref="OptunaException">One of them ended with an exception.</exception>
    public async Task LeaveAsync()
    {
        _processes.ForEach(p => p.Terminate());
        foreach (var process in _processes)
        {
            if (await process.ExitAsync(Lab.Patience).ConfigureAwait(false) != 0 || process.Lines[^1] != "left")
                throw new OptunaException($"A client ended with an error:\n{string.Join('\n', process.Lines.TakeLast(20))}");
        }
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_processes.Select(p => p.DisposeAsync().AsTask())).ConfigureAwait(false);

    private static Finished? Parse(string line) => line.Split(' ') is ["finished", var number, var value, var at]
        ? new Finished(int.Parse(number, CultureInfo.InvariantCulture), double.Parse(value, CultureInfo.InvariantCulture), (long)(long.Parse(at, CultureInfo.InvariantCulture) * (Stopwatch.Frequency / 1e9)))
        : null;
}
