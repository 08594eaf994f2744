using Optuna.Chaos.Stage;
using Optuna.Testing.Storage;

namespace Optuna.Chaos.Faults;

/// <summary>Does a fault to the fleet, and undoes it after its time.</summary>
internal sealed class FaultHand(Fleet fleet, Network? network, MariaDbServer? database, SmallDisk? disk)
{
    // On a busy machine a fault lasts longer than the schedule knows: a database is still starting, or a wire still cut, when the next one comes.
    private readonly SemaphoreSlim _database = new(1);
    private readonly SemaphoreSlim _wires = new(1);

    /// <summary>Which faults are possible here.</summary>
    public static IEnumerable<FaultKind> Possible(ChaosPlan plan, bool smallDisk)
    {
        yield return FaultKind.KillCoordinator;
        yield return FaultKind.StopCoordinator;
        yield return FaultKind.FreezeCoordinator;
        yield return FaultKind.KillWorker;
        yield return FaultKind.FreezeWorker;
        yield return FaultKind.PauseStudy;
        if (!plan.Sqlite)
        {
            yield return FaultKind.KillDatabase;
            yield return FaultKind.FreezeDatabase;
        }

        if (plan.Network is not null)
        {
            yield return FaultKind.CutCoordinator;
            yield return FaultKind.CutWorker;
            if (!plan.Sqlite)
                yield return FaultKind.CutDatabase;
            if (plan.Coordinators > 1)
                yield return FaultKind.CutLink;
        }

        if (FalseClock.IsPossible)
        {
            yield return FaultKind.CoordinatorClock;
            yield return FaultKind.WorkerClock;
        }

        if (smallDisk)
            yield return FaultKind.FullDisk;
    }

    public async Task InflictAsync(Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.KillCoordinator:
                await EndAsync(fleet.Coordinators[fault.Target], fault.For, p => p.KillAsync());
                break;
            case FaultKind.StopCoordinator:
                await EndAsync(fleet.Coordinators[fault.Target], fault.For, p =>
                {
                    p.Terminate();
                    return Task.CompletedTask;
                });
                break;
            case FaultKind.KillWorker:
                await EndAsync(fleet.Workers[fault.Target], fault.For, p => p.KillAsync());
                break;
            case FaultKind.FreezeCoordinator:
                await FreezeAsync(fleet.Coordinators[fault.Target], fault.For);
                break;
            case FaultKind.FreezeWorker:
                await FreezeAsync(fleet.Workers[fault.Target], fault.For);
                break;
            case FaultKind.KillDatabase:
                await InTurnAsync(_database, async () =>
                {
                    await database!.KillAsync();
                    await Task.Delay(fault.For);
                    await database.StartAgainAsync();
                });
                break;
            case FaultKind.FreezeDatabase:
                await InTurnAsync(_database, () => ForAsync(fault.For, database!.Freeze, database!.Thaw));
                break;
            case FaultKind.CutCoordinator:
                await CutAsync(fault, n => n.Cut($"c{fault.Target}"));
                break;
            case FaultKind.CutWorker:
                await CutAsync(fault, n => n.Cut($"w{fault.Target}"));
                break;
            case FaultKind.CutLink:
                await CutAsync(fault, n => n.Cut($"c{fault.Target}", $"c{fault.Other}"));
                break;
            case FaultKind.CutDatabase:
                await CutAsync(fault, n => n.Cut($"c{fault.Target}", Network.Database));
                break;
            case FaultKind.CoordinatorClock:
                await SkewAsync($"c{fault.Target}", fault);
                break;
            case FaultKind.WorkerClock:
                await SkewAsync($"w{fault.Target}", fault);
                break;
            case FaultKind.FullDisk:
                await ForAsync(fault.For, disk!.Fill, disk!.Clear);
                break;
            case FaultKind.PauseStudy:
                await PauseAsync(fleet.Lanes[fault.Target].Study, fault.For);
                break;
        }
    }

    private static async Task EndAsync(Supervised program, TimeSpan time, Func<Testing.Processes.ProgramProcess, Task> end)
    {
        program.Hold();
        if (program.Process is { HasExited: false } process)
            await end(process);
        await Task.Delay(time);
        program.Release();
    }

    private static async Task FreezeAsync(Supervised program, TimeSpan time)
    {
        if (program.Process is { HasExited: false } process)
            await ForAsync(time, process.Freeze, process.Thaw);
    }

    private Task SkewAsync(string node, Fault fault) =>
        ForAsync(fault.For, () => fleet.Clocks[node].Set(fault.Skew), () => fleet.Clocks[node].Set(TimeSpan.Zero));

    // Whatever else is going on, both orders get through in the end.
    private async Task PauseAsync(string? name, TimeSpan time)
    {
        if (name is null)
            return;
        var study = await fleet.Client.LoadStudyAsync(name);
        await study.PauseAsync();
        await Task.Delay(time);
        await study.ResumeAsync();
    }

    private Task CutAsync(Fault fault, Action<Network> cut) => InTurnAsync(_wires, () => ForAsync(fault.For, () => cut(network!), network!.Mend));

    private static async Task InTurnAsync(SemaphoreSlim turn, Func<Task> inflict)
    {
        await turn.WaitAsync();
        try
        {
            await inflict();
        }
        finally
        {
            turn.Release();
        }
    }

    private static async Task ForAsync(TimeSpan time, Action inflict, Action undo)
    {
        inflict();
        await Task.Delay(time);
        undo();
    }
}
