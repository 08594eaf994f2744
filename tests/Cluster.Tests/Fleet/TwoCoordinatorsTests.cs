using Optuna.Tests.Storage;

namespace Optuna.Tests.Fleet;

public sealed class TwoCoordinatorsTests(DatabaseFixture database, ITestOutputHelper output) : FleetTest(database)
{
    [Fact]
    public async Task Two_coordinators_find_each_other_through_the_database_and_either_may_be_stopped()
    {
        var storage = await MariaDbStorageAsync();
        var first = await CoordinatorAsync(storage);
        var second = await CoordinatorAsync(storage);
        var (throughFirst, throughSecond) = (await ClientAsync(first), await ClientAsync(second));

        // Enough studies that both coordinators host some; each is used through the other one's door too.
        var names = Enumerable.Range(0, 8).Select(i => $"s{i}").ToList();
        foreach (var name in names)
            await throughFirst.CreateStudyAsync(name);
        var studies = await Task.WhenAll(names.Select(n => throughSecond.LoadStudyAsync(n)));
        Assert.Equal(names, (await throughSecond.GetStudiesAsync()).Select(s => s.Name));

        using var end = new CancellationTokenSource();
        var witnesses = studies.Select(s => new Acknowledged(s)).ToList();
        var running = witnesses.Select(w => w.RunAsync(end.Token)).ToList();
        await Until.TrueAsync("every study is under way", () => witnesses.All(w => w.Count > 10), Patience);

        // The client's own coordinator goes: it moves to the other, and no request fails.
        var since = TimeProvider.System.GetTimestamp();
        second.Process.Terminate();
        Assert.Equal(0, await second.Process.ExitAsync(Patience));
        var before = witnesses.Select(w => w.Count).ToList();
        await Until.TrueAsync("every study goes on", () => witnesses.Select((w, i) => w.Count > before[i]).All(on => on), Patience);
        output.WriteLine($"every study went on {TimeProvider.System.GetElapsedTime(since).TotalSeconds:0.0} s after SIGTERM");

        // Back again, and now the one that founded the cluster goes.
        var again = await CoordinatorAsync(storage, second.Port);
        first.Process.Terminate();
        Assert.Equal(0, await first.Process.ExitAsync(Patience));
        before = [.. witnesses.Select(w => w.Count)];
        await Until.TrueAsync("every study goes on", () => witnesses.Select((w, i) => w.Count > before[i]).All(on => on), Patience);
        await end.CancelAsync();
        await Task.WhenAll(running);

        Assert.False(again.Process.HasExited);
        foreach (var (study, witness) in studies.Zip(witnesses))
            witness.AssertKept(await study.GetTrialsAsync());
    }

    [Fact]
    public async Task Two_coordinators_killed_together_start_again_in_any_order()
    {
        var storage = await MariaDbStorageAsync();
        var (first, second) = (await CoordinatorAsync(storage), await CoordinatorAsync(storage));
        await (await ClientAsync(first)).CreateStudyAsync("s");

        await first.Process.KillAsync();
        await second.Process.KillAsync();

        // Whoever is first sees the other's row, which still looks alive.
        var again = await CoordinatorAsync(storage, second.Port);
        Assert.Equal("s", Assert.Single(await (await ClientAsync(again)).GetStudiesAsync()).Name);
    }
}
