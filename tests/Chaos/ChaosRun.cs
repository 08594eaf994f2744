using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Optuna.Chaos.Checking;
using Optuna.Chaos.Faults;
using Optuna.Chaos.Stage;
using Optuna.Coordinator.Storage;
using Optuna.Testing.Storage;
using Optuna.Trials;

namespace Optuna.Chaos;

/// <summary>A fleet, its faults, its end and the check.</summary>
internal sealed class ChaosRun(ChaosPlan plan, Action<string> say)
{
    /// <summary>After the last fault everything must come to its end by itself within this time.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, int> _counts = [];

    /// <returns>Whether every promise held; the JSON line.</returns>
    public async Task<(bool Held, string Json)> RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("optuna-chaos-").FullName;
        var held = false;
        SmallDisk? disk = null;
        MariaDbServer? database = null;
        try
        {
            string storage;
            if (plan.Sqlite)
            {
                disk = SmallDisk.TryMount(Path.Combine(folder, "disk"));
                storage = $"sqlite:///{Path.Combine(folder, "disk", "studies.db")}";
            }
            else
            {
                database = plan.Network is { } prefix
                    ? await MariaDbServer.StartAsync(cancel, Network.Address(Network.Database), new Network(prefix).Within(Network.Database))
                    : await MariaDbServer.StartAsync(cancel);
                storage = await database.CreateDatabaseAsync(cancel);
            }

            var (findings, json) = await RunAsync(folder, storage, database, disk, cancel);
            held = findings.Hold;
            foreach (var sentence in findings.Sentences.Take(50))
                say($"BROKEN: {sentence}");
            return (held, json);
        }
        finally
        {
            disk?.Dispose();
            if (database is not null)
                await database.DisposeAsync();
            if (held)
                Directory.Delete(folder, recursive: true);
            else
                say($"logs of all programs and lists of acknowledged results are in {folder}");
        }
    }

    private async Task<(Findings Findings, string Json)> RunAsync(
        string folder, string storage, MariaDbServer? database, SmallDisk? disk, CancellationToken cancel)
    {
        var place = new Place(plan, folder, storage);
        await using var fleet = new Fleet(plan, place);
        await fleet.StartAsync(cancel);
        var kinds = FaultHand.Possible(plan, disk is not null).ToImmutableArray();
        var missing = Enum.GetValues<FaultKind>().Except(kinds).Select(k => k.Name()).ToList();
        say($"seed {plan.Seed}: {plan.Coordinators} coordinator(s), {plan.Workers} workers, {(plan.Sqlite ? "SQLite" : "MariaDB")}, "
            + $"{(plan.Network is null ? "loopback" : "a network namespace each")}; no {string.Join(", ", missing)}");
        var schedule = FaultSchedule.Make(plan.Seed, plan.Length, plan.Every, kinds, plan.Coordinators, plan.Workers, fleet.Lanes.Length);

        var clock = Stopwatch.StartNew();
        await InflictAllAsync(schedule, new FaultHand(fleet, place.Network, database, disk), clock, cancel);
        say($"{clock.Elapsed.TotalSeconds:0} s: no more faults; the studies come to their end");
        var ended = await EndedAsync(fleet, cancel);
        var seconds = clock.Elapsed.TotalSeconds;

        var shown = new Dictionary<string, ImmutableArray<FrozenTrial>>();
        if (ended)
        {
            foreach (var name in fleet.Budgets.Keys)
                shown[name] = await (await fleet.Client.LoadStudyAsync(name, cancel)).GetTrialsAsync(cancellationToken: cancel);
        }

        var acknowledged = fleet.Acknowledged().ToList();
        var findings = Checker.Check(await JournalReader.ReadAsync(StorageUrl.Parse(storage), cancel), acknowledged, fleet.Budgets, shown);
        if (!ended)
            findings.AddOther($"The studies did not come to their end within {EndPatience.TotalMinutes:0} minutes of the last fault.");
        foreach (var complaint in fleet.Complaints)
            findings.AddOther(complaint);
        say($"{fleet.Budgets.Count} studies; {fleet.Coordinators.Sum(c => c.Starts)} starts of coordinators, {fleet.Workers.Sum(w => w.Starts)} of workers");
        return (findings, findings.ToJson(seconds, acknowledged.Count, new SortedDictionary<string, int>(_counts)));
    }

    private async Task InflictAllAsync(ImmutableArray<Fault> schedule, FaultHand hand, Stopwatch clock, CancellationToken cancel)
    {
        var open = new List<Task>();
        foreach (var fault in schedule)
        {
            if (fault.At - clock.Elapsed is { Ticks: > 0 } wait)
                await Task.Delay(wait, cancel);
            say($"{clock.Elapsed.TotalSeconds:0} s: {fault}");
            _counts.AddOrUpdate(fault.Kind.Name(), 1, (_, n) => n + 1);
            open.Add(hand.InflictAsync(fault));
        }

        await Task.WhenAll(open).WaitAsync(cancel);
    }

    private static async Task<bool> EndedAsync(Fleet fleet, CancellationToken cancel)
    {
        try
        {
            await Task.WhenAll(fleet.Lanes.Select(l => l.CloseAsync()).Append(fleet.Done)).WaitAsync(EndPatience, cancel);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
