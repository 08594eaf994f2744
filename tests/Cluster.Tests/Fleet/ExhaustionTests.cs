using Optuna.Studies;
using Optuna.Tests.Storage;
using Optuna.Trials;

namespace Optuna.Tests.Fleet;

public sealed class ExhaustionTests(DatabaseFixture database) : FleetTest(database)
{
    [Theory]
    [InlineData("grid", """{"search_space": {"x": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], "kind": ["one", "two"], "y": [0, 1, 2]}}""", 60)]
    [InlineData("brute_force", "{}", 40)]
    public async Task Workers_end_by_themselves_when_everything_was_tried_once(string sampler, string options, int points)
    {
        var coordinator = await CoordinatorAsync(SqliteStorage);
        var client = await ClientAsync(coordinator);
        var study = await client.CreateStudyAsync("s", sampler: new ComponentSpec(sampler, options), pruner: new ComponentSpec("nop"));

        var workers = new[]
        {
            Worker(coordinator, "s", "--objective", Objective<Squares>(), "--slots", "4"),
            Worker(coordinator, "s", "--objective", Objective<Squares>(), "--slots", "3", "--n-trials", "1000"),
        };
        await study.OptimizeAsync(new Squares(), nJobs: 2);

        foreach (var worker in workers)
            Assert.Equal(0, await worker.ExitAsync(Patience));
        var all = await Budget.AssertSpentAsync(study, points);
        Assert.All(all, t => Assert.Equal(TrialState.Complete, t.State));
        Assert.Equal(points, all.Select(Point).Distinct().Count());

        string Point(FrozenTrial t) => sampler == "grid"
            ? t.SystemAttrs.Single(a => a.Key == "grid_id").Value
            : string.Join(",", t.ParamList.Select(p => p.Value));
    }
}
