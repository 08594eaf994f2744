using System.Collections.Immutable;
using Optuna.Chaos.Faults;

namespace Optuna.Tests;

public sealed class FaultScheduleTests
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(30);

    [Fact]
    public void The_same_seed_plans_the_same_faults_and_another_seed_others()
    {
        Assert.Equal(Make(7), Make(7));
        Assert.NotEqual(Make(7), Make(8));
    }

    [Fact]
    public void Half_an_hour_has_every_kind_of_fault()
    {
        var faults = Make(1);

        Assert.Equal(Enum.GetValues<FaultKind>(), faults.Select(f => f.Kind).Distinct().Order());
        Assert.True(faults.Length > 150, $"Only {faults.Length}.");
        Assert.All(faults, f => Assert.InRange(f.Until, TimeSpan.Zero, Length));
    }

    [Fact]
    public void A_link_has_two_ends_and_the_network_is_cut_in_one_place_at_a_time()
    {
        var cuts = Make(2).Where(f => f.Kind is FaultKind.CutLink or FaultKind.CutCoordinator or FaultKind.CutDatabase or FaultKind.CutWorker).ToList();

        Assert.All(cuts.Where(f => f.Kind == FaultKind.CutLink), f => Assert.NotEqual(f.Target, f.Other));
        Assert.All(cuts.Zip(cuts.Skip(1), (a, b) => (Cut: a, Next: b)), pair => Assert.True(pair.Cut.Until <= pair.Next.At, $"{pair.Cut} and {pair.Next}"));
    }

    private static ImmutableArray<Fault> Make(int seed) =>
        FaultSchedule.Make(seed, Length, TimeSpan.FromSeconds(5), [.. Enum.GetValues<FaultKind>()], coordinators: 3, workers: 6, studies: 3);
}
