using Optuna.Studies;
using Optuna.Tests.Storage;
using Optuna.Trials;

namespace Optuna.Tests.Fleet;

public sealed class SamplerFailureTests(DatabaseFixture database) : FleetTest(database)
{
    [Fact]
    public async Task A_sampler_that_throws_fails_the_trial_with_its_reason_and_the_worker_asks_again()
    {
        var node = await CoordinatorAsync(await MariaDbStorageAsync());
        var client = await ClientAsync(node);
        // The objective asks for x and rate; a grid that does not know them cannot draw them.
        var study = await client.CreateStudyAsync("s", sampler: new ComponentSpec("grid", """{"search_space": {"y": [1, 2, 3, 4]}}"""));
        var worker = Worker(node, "s", "--objective", Objective<Bowl>(), "--n-trials", "3");

        Assert.Equal(0, await worker.ExitAsync(Patience));
        var trials = await study.GetTrialsAsync();
        Assert.Equal(3, trials.Length);
        Assert.All(trials, t => Assert.Equal(TrialState.Fail, t.State));
        Assert.Contains("3 failed", worker.Lines[^1]);
        Assert.False(node.Process.HasExited);
    }
}
