using System.Collections.Immutable;

namespace Optuna.Chaos.Faults;

/// <summary>What happens when, worked out beforehand from the seed and the fleet alone: the same seed does the same again.</summary>
internal static class FaultSchedule
{
    // Time to come round between two faults of one thing; a downed coordinator needs some to be back.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(4);

    /// <param name="kinds">Which are possible here; at least one.</param>
    /// <param name="length">The last fault is over by then.</param>
    /// <param name="every">From one fault to the next, on average.</param>
    public static ImmutableArray<Fault> Make(int seed, TimeSpan length, TimeSpan every, ImmutableArray<FaultKind> kinds, int coordinators, int workers, int studies)
    {
        var chance = new Random(seed);
        var busy = new Dictionary<string, TimeSpan>();
        var faults = ImmutableArray.CreateBuilder<Fault>();
        for (var at = Seconds(chance, 1, 3); at < length; at += Seconds(chance, 0.4 * every.TotalSeconds, 1.6 * every.TotalSeconds))
        {
            var fault = Draw(chance, at, kinds, coordinators, workers, studies);
            if (fault.Until > length || Needs(fault).Any(n => busy.TryGetValue(n, out var until) && until > at))
                continue;
            foreach (var need in Needs(fault))
                busy[need] = fault.Until + Rest;
            faults.Add(fault);
        }

        return faults.ToImmutable();
    }

    private static Fault Draw(Random chance, TimeSpan at, ImmutableArray<FaultKind> kinds, int coordinators, int workers, int studies)
    {
        var kind = kinds[chance.Next(kinds.Length)];
        var coordinator = chance.Next(coordinators);
        var worker = chance.Next(workers);
        return kind switch
        {
            FaultKind.KillCoordinator => new Fault(kind, at, Seconds(chance, 0, 8), coordinator),
            FaultKind.StopCoordinator => new Fault(kind, at, Seconds(chance, 2, 8), coordinator),
            FaultKind.FreezeCoordinator => new Fault(kind, at, Seconds(chance, 1, 15), coordinator),
            FaultKind.KillWorker => new Fault(kind, at, Seconds(chance, 0, 8), worker),
            FaultKind.FreezeWorker => new Fault(kind, at, Seconds(chance, 1, 15), worker),
            FaultKind.KillDatabase => new Fault(kind, at, Seconds(chance, 0, 8)),
            FaultKind.FreezeDatabase => new Fault(kind, at, Seconds(chance, 1, 12)),
            FaultKind.CutCoordinator or FaultKind.CutDatabase => new Fault(kind, at, Seconds(chance, 2, 15), coordinator),
            FaultKind.CutLink => new Fault(kind, at, Seconds(chance, 2, 15), coordinator, (coordinator + 1 + chance.Next(coordinators - 1)) % coordinators),
            FaultKind.CutWorker => new Fault(kind, at, Seconds(chance, 2, 15), worker),
            FaultKind.CoordinatorClock => new Fault(kind, at, Seconds(chance, 3, 15), coordinator, Skew: Skew(chance)),
            FaultKind.WorkerClock => new Fault(kind, at, Seconds(chance, 3, 15), worker, Skew: Skew(chance)),
            FaultKind.FullDisk => new Fault(kind, at, Seconds(chance, 2, 8)),
            FaultKind.PauseStudy => new Fault(kind, at, Seconds(chance, 2, 6), chance.Next(studies)),
            _ => throw new InvalidOperationException($"{kind} has no schedule."),
        };
    }

    // Two cuts at once would be a third one; a thing that is down cannot be frozen.
    private static IEnumerable<string> Needs(Fault fault) => fault.Kind switch
    {
        FaultKind.KillCoordinator or FaultKind.StopCoordinator or FaultKind.FreezeCoordinator => [$"c{fault.Target}"],
        FaultKind.CutCoordinator => ["network", $"c{fault.Target}"],
        FaultKind.CutDatabase => ["network", "database", $"c{fault.Target}"],
        FaultKind.CutLink => ["network", $"c{fault.Target}", $"c{fault.Other}"],
        FaultKind.CutWorker => ["network", $"w{fault.Target}"],
        FaultKind.KillWorker or FaultKind.FreezeWorker => [$"w{fault.Target}"],
        FaultKind.KillDatabase or FaultKind.FreezeDatabase or FaultKind.FullDisk => ["database"],
        FaultKind.CoordinatorClock => [$"clock of c{fault.Target}"],
        FaultKind.WorkerClock => [$"clock of w{fault.Target}"],
        _ => [$"s{fault.Target}"],
    };

    private static TimeSpan Seconds(Random chance, double least, double most) =>
        TimeSpan.FromMilliseconds(Math.Round((least + ((most - least) * chance.NextDouble())) * 1000));

    // Seconds to hours, either way.
    private static TimeSpan Skew(Random chance) =>
        TimeSpan.FromSeconds(Math.Round(Math.Pow(10, 0.5 + (3.5 * chance.NextDouble()))) * (chance.Next(2) == 0 ? 1 : -1));
}
