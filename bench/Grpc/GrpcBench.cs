using System.Diagnostics;

namespace Optuna.Bench;

/// <summary>Measures one cell after the other; each has a study and clients of its own, each route one server for all.</summary>
internal sealed class GrpcBench(Lab lab, GrpcPlan plan)
{
    /// <exception cref="OptunaException">A process ended, or no trial came.</exception>
    public async Task<GrpcCell> MeasureAsync(Route route, int clients, int reports, CancellationToken cancel)
    {
        await using var running = await Clients.StartAsync(
            lab, route.Kind, route.Target, $"bench-{Guid.NewGuid():N}", plan, clients, reports).ConfigureAwait(false);
        await Task.Delay(plan.WarmUp, cancel).ConfigureAwait(false);

        var (commits, statements, cpu) = await CountersAsync(route, running, cancel).ConfigureAwait(false);
        var from = Stopwatch.GetTimestamp();
        await Task.Delay(plan.Window, cancel).ConfigureAwait(false);
        var to = Stopwatch.GetTimestamp();
        var (commitsAfter, statementsAfter, cpuAfter) = await CountersAsync(route, running, cancel).ConfigureAwait(false);
        running.MustLive();

        var seconds = Stopwatch.GetElapsedTime(from, to).TotalSeconds;
        // Every client goes on, so what was finished in time has been said by the end.
        await running.LeaveAsync().ConfigureAwait(false);
        var trials = running.Finished.Count(f => f.At >= from && f.At < to);
        return new GrpcCell(
            route.Name, clients, reports, trials, seconds, commitsAfter - commits, statementsAfter - statements,
            cpuAfter.ToDictionary(c => c.Key, c => c.Value - cpu[c.Key]));
    }

    private async Task<(long Commits, long Statements, Dictionary<string, TimeSpan> Cpu)> CountersAsync(Route route, Clients clients, CancellationToken cancel)
    {
        using var database = Process.GetProcessById(lab.Database.ProcessId!.Value);
        var cpu = new Dictionary<string, TimeSpan> { ["clients"] = clients.Cpu };
        if (route.Server is { } server)
            cpu["server"] = server.Cpu;
        cpu["database"] = database.TotalProcessorTime;
        return (
            await lab.Database.CounterAsync("Com_commit", cancel).ConfigureAwait(false),
            await lab.Database.CounterAsync("Questions", cancel).ConfigureAwait(false),
            cpu);
    }
}
