using System.Globalization;
using Optuna.Tests.Storage;
using Optuna.Trials;

namespace Optuna.Tests.Fleet;

public sealed class BudgetTests(DatabaseFixture database) : FleetTest(database)
{
    [Fact]
    public async Task Three_workers_and_a_client_spend_the_budgets_of_three_studies_exactly_and_end_by_themselves()
    {
        var coordinator = await CoordinatorAsync(await MariaDbStorageAsync());
        var client = await ClientAsync(coordinator);
        var (a, b, c) = (await client.CreateStudyAsync("a"), await client.CreateStudyAsync("b"), await client.CreateStudyAsync("c"));
        var space = WriteFile("space.json", Exec.Space);

        var onA = new[]
        {
            Worker(coordinator, "a", "--objective", Objective<Bowl>(), "--slots", "2", "--n-trials", "80"),
            Worker(coordinator, "a", "--objective", Objective<Bowl>(), "--slots", "3", "--n-trials", "80"),
        };
        var onB = Worker(coordinator, "b", "--exec", Exec.Square, "--search-space", space, "--slots", "2", "--n-trials", "40");
        await c.OptimizeAsync(new Bowl(), nTrials: 30, nJobs: 2);

        foreach (var worker in onA.Append(onB))
            Assert.Equal(0, await worker.ExitAsync(Patience));
        var trialsOfA = await Budget.AssertSpentAsync(a, 80);
        Assert.All(trialsOfA, t => Assert.Equal(Bowl.Value((double)t.Params["x"]!, (double)t.Params["rate"]!), t.Value));
        Assert.Equal(80, onA.Sum(w => Budget.Evaluated(w.Lines)));
        var trialsOfB = await Budget.AssertSpentAsync(b, 40);
        Assert.All(trialsOfB, t => Assert.Equal(
            Math.Pow((double)t.Params["x"]!, 2) + Convert.ToInt64(t.Params["n"], CultureInfo.InvariantCulture), t.Value!.Value, 1e-9));
        Assert.Equal(40, Budget.Evaluated(onB.Lines));
        await Budget.AssertSpentAsync(c, 30);
    }

    [Fact]
    public async Task A_worker_killed_on_the_way_costs_nothing_the_budget_of_four_external_programs_is_met_exactly()
    {
        // OPTUNA_TEST_TRIALS=300 for the long form.
        var trials = int.Parse(Environment.GetEnvironmentVariable("OPTUNA_TEST_TRIALS") ?? "100", CultureInfo.InvariantCulture);
        var coordinator = await CoordinatorAsync(await MariaDbStorageAsync());
        var client = await ClientAsync(coordinator);
        var study = await client.CreateStudyAsync("s");
        var space = WriteFile("space.json", Exec.Space);
        string[] work = ["--search-space", space, "--n-trials", $"{trials}"];

        // Holds two trials and never gives them back: whatever happens, these are open when it is killed.
        var victim = Worker(coordinator, "s", ["--exec", Exec.UntilWorkerIsGone, "--slots", "2", .. work]);
        await Until.TrueAsync("two trials with their parameters", async () => (await study.GetTrialsAsync()).Count(t => t.ParamList.Length == 2) == 2, Patience);
        var held = await study.GetTrialsAsync();
        var others = Enumerable.Range(0, 3).Select(_ => Worker(coordinator, "s", ["--exec", Exec.Square, .. work])).ToList();
        await Until.TrueAsync("a tenth of the budget", async () => (await study.GetSummaryAsync()).Counts.Complete >= trials / 10, Patience);

        await victim.KillAsync();

        foreach (var worker in others)
            Assert.Equal(0, await worker.ExitAsync(Patience + TimeSpan.FromSeconds(trials)));
        var all = await Budget.AssertSpentAsync(study, trials);
        Assert.All(all, t => Assert.Equal(TrialState.Complete, t.State));
        Assert.All(held, h => Assert.Equal(h.Params, all[h.Number].Params));
        Assert.Equal(trials, others.Sum(w => Budget.Evaluated(w.Lines)));
    }
}
