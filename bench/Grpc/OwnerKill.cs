using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Optuna.Bench;

/// <summary>
/// Clients work through one coordinator on a study that lives on another, and that other is killed: nobody may notice but
/// by waiting, and what the clients were told must be what the study has.
/// </summary>
internal sealed class OwnerKill(Lab lab, GrpcPlan plan)
{
    /// <summary>Runs for the plan's window; the kill comes after a third of it.</summary>
    /// <returns>A JSON line.</returns>
    /// <exception cref="OptunaException">A client met an exception, or a trial was lost, doubled or changed.</exception>
    public async Task<string> RunAsync(int clients, int reports, CancellationToken cancel)
    {
        var storage = await lab.Database.CreateDatabaseAsync(cancel).ConfigureAwait(false);
        // Of two that do not see each other any more, the one with the lower address stays.
        var ports = Lab.FreePorts(2);
        var study = $"kill-{Guid.NewGuid():N}";

        // The study is made and used while there is no other coordinator it could live on.
        var owner = await lab.CoordinatorAsync(storage, ports[1]).ConfigureAwait(false);
        await using var ownerProcess = owner.Process.ConfigureAwait(false);
        await Clients.RunAsync(lab, "grpc", owner.Address, study, "create").ConfigureAwait(false);
        var door = await lab.CoordinatorAsync(storage, ports[0]).ConfigureAwait(false);
        await using var doorProcess = door.Process.ConfigureAwait(false);

        await using var running = await Clients.JoinAsync(lab, "grpc", door.Address, study, plan, clients, reports).ConfigureAwait(false);
        await Task.Delay(plan.Window / 3, cancel).ConfigureAwait(false);
        var killed = Stopwatch.GetTimestamp();
        await owner.Process.KillAsync().ConfigureAwait(false);
        await Task.Delay(plan.Window * 2 / 3, cancel).ConfigureAwait(false);
        running.MustLive();
        await running.LeaveAsync().ConfigureAwait(false);

        var told = running.Finished;
        Check(told, await Clients.RunAsync(lab, "grpc", door.Address, study, "list").ConfigureAwait(false));
        var after = told.Where(f => f.At > killed).OrderBy(f => f.At).ToList();
        if (after.Count == 0)
            throw new OptunaException("No trial finished after the kill.");
        return JsonSerializer.Serialize(new
        {
            bench = "grpc-kill-owner",
            clients,
            reports,
            seconds = plan.Window.TotalSeconds,
            trials = told.Count,
            trialsAfterKill = after.Count,
            longestPauseSeconds = Math.Round(LongestPause([killed, .. after.Select(f => f.At)]), 2),
        });
    }

    private static void Check(List<Finished> told, IReadOnlyList<string> listed)
    {
        var kept = listed.Select(l => l.Split(' ')).Where(l => l is ["trial", _, _, _]).ToList();
        if (!kept.Select(t => int.Parse(t[1], CultureInfo.InvariantCulture)).SequenceEqual(Enumerable.Range(0, kept.Count)))
            throw new OptunaException($"The study's numbers have gaps: {string.Join(' ', kept.Select(t => t[1]))}");
        if (kept.Find(t => t[2] != "COMPLETE") is { } other)
            throw new OptunaException($"Trial {other[1]} is {other[2]}, though every client finished its last one.");
        if (told.GroupBy(f => f.Number).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new OptunaException($"Trial {twice.Key} was finished by {twice.Count()} clients.");
        if (told.Count != kept.Count)
            throw new OptunaException($"Clients were told of {told.Count} finished trials, and the study has {kept.Count}.");
        foreach (var finished in told)
        {
            if (!double.Parse(kept[finished.Number][3], CultureInfo.InvariantCulture).Equals(finished.Value))
                throw new OptunaException($"Trial {finished.Number} was finished with {finished.Value} and has {kept[finished.Number][3]}.");
        }
    }

    private static double LongestPause(List<long> times) =>
        times.Zip(times.Skip(1), (a, b) => Stopwatch.GetElapsedTime(a, b).TotalSeconds).Max();
}
