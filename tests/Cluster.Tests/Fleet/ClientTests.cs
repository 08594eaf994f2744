using System.Collections.Immutable;
using Optuna.Cluster.Client;
using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Tests.Storage;
using Optuna.Trials;

namespace Optuna.Tests.Fleet;

/// <summary>One coordinator for all tests of this class would hide what one leaves behind: each has its own.</summary>
public sealed class ClientTests(DatabaseFixture database) : FleetTest(database)
{
    [Fact]
    public async Task Clients_optimise_beside_a_worker_and_every_trial_is_evaluated_once()
    {
        var coordinator = await CoordinatorAsync(SqliteStorage);
        var (one, two) = (await ClientAsync(coordinator), await ClientAsync(coordinator));
        var study = await one.CreateStudyAsync("s");
        var worker = Worker(coordinator, "s", "--objective", Objective<Bowl>(), "--slots", "2");
        await Until.TrueAsync("the worker works", async () => (await study.GetSummaryAsync()).Counts.Complete > 2, Patience);

        var evaluated = 0;
        double Evaluate(Trial trial)
        {
            Interlocked.Increment(ref evaluated);
            return Bowl.Value(trial.SuggestFloat("x", -10, 10), trial.SuggestFloat("rate", 1e-4, 1, log: true));
        }

        await Task.WhenAll(
            (await one.LoadStudyAsync("s")).OptimizeAsync(Evaluate, nTrials: 20),
            (await two.LoadStudyAsync("s")).OptimizeAsync(Evaluate, nTrials: 20, nJobs: 2));
        worker.Terminate();
        Assert.Equal(0, await worker.ExitAsync(Patience));

        Assert.Equal(40, evaluated);
        var trials = await study.GetTrialsAsync();
        Assert.Equal(Enumerable.Range(0, trials.Length), trials.Select(t => t.Number));
        Assert.DoesNotContain(trials, t => t.State == TrialState.Running);
        Assert.All(trials.Where(t => t.State == TrialState.Complete),
            t => Assert.Equal(Bowl.Value((double)t.Params["x"]!, (double)t.Params["rate"]!), t.Value));
        var best = trials.Where(t => t.State == TrialState.Complete).MinBy(t => t.Value)!;
        Assert.Equal(best.Number, study.BestTrial.Number);
    }

    [Fact]
    public async Task The_median_pruner_prunes_what_a_worker_reports()
    {
        var coordinator = await CoordinatorAsync(SqliteStorage);
        var study = await (await ClientAsync(coordinator)).CreateStudyAsync("s");
        double[] values = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.9, 0.1, 0.95];
        foreach (var x in values)
            study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = x });

        var worker = Worker(coordinator, "s", "--objective", Objective<Reporting>(), "--n-trials", "9");

        Assert.Equal(0, await worker.ExitAsync(Patience));
        var trials = await Budget.AssertSpentAsync(study, 9);
        Assert.Equal(values, trials.Select(t => (double)t.Params["x"]!));
        // Five to warm up; then whatever is worse than the median, 0.5 and below, goes after its first report.
        Assert.Equal([6, 8], trials.Where(t => t.State == TrialState.Pruned).Select(t => t.Number));
        Assert.All([6, 8], n => Assert.Equal([0L], trials[n].IntermediateValues.Keys));
        Assert.Contains("evaluated 9 trials: 7 complete, 2 pruned, 0 failed", worker.Lines);
    }

    [Fact]
    public async Task A_study_is_filled_renamed_copied_and_deleted_over_the_wire()
    {
        var coordinator = await CoordinatorAsync(SqliteStorage);
        var client = await ClientAsync(coordinator);
        var study = await client.CreateStudyAsync("s", [StudyDirection.Maximize]);
        study.SetUserAttr("who", "me");
        study.SetMetricNames(["auc"]);
        study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = 0.25 }, new Dictionary<string, object?> { ["from"] = "a queue" });
        study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = 0.25 }, skipIfExists: true);
        study.AddTrial(FrozenTrial.Create(
            value: 0.75, parameters: new Dictionary<string, object?> { ["x"] = 0.5 },
            distributions: new Dictionary<string, Distribution> { ["x"] = new FloatDistribution(0, 1) }));
        await study.OptimizeAsync(
            trial =>
            {
                trial.SetUserAttr("seen", new[] { 1, 2 });
                return trial.SuggestFloat("x", 0, 1);
            },
            nTrials: 1);

        await client.RenameStudyAsync("s", "t");
        var copy = await client.CopyStudyAsync("t", "u");
        await client.DeleteStudyAsync("t");

        await Assert.ThrowsAsync<StudyNotFoundException>(() => client.LoadStudyAsync("t"));
        await Assert.ThrowsAsync<StudyNotFoundException>(async () => await study.GetTrialsAsync());
        var summary = Assert.Single(await client.GetStudiesAsync());
        Assert.Equal("u", summary.Name);
        var trials = await copy.GetTrialsAsync();
        Assert.Equal([0.25, 0.75], trials.Select(t => t.Value!.Value));
        Assert.Equal([0.25, 0.5], trials.Select(t => (double)t.Params["x"]!));
        Assert.Equal("[1, 2]", trials[0].UserAttrs.Single(a => a.Key == "seen").Value);
        Assert.Equal("\"a queue\"", trials[0].UserAttrs.Single(a => a.Key == "from").Value);
        Assert.Equal(("\"me\"", "auc", StudyDirection.Maximize), (copy.UserAttrs["who"], copy.MetricNames.Single(), copy.Direction));
        Assert.Equal(1, copy.BestTrial.Number);
        // The number of a deleted study is not used again, its name is.
        Assert.True((await client.CreateStudyAsync("t")).Id.Value > copy.Id.Value);
    }

    [Fact]
    public async Task What_is_refused_is_refused_with_an_exception_of_its_own_and_changes_nothing()
    {
        var coordinator = await CoordinatorAsync(SqliteStorage);
        var client = await ClientAsync(coordinator);
        var study = await client.CreateStudyAsync("s");

        Assert.Contains("'nobody'", (await Assert.ThrowsAsync<StudyNotFoundException>(() => client.LoadStudyAsync("nobody"))).Message);
        await Assert.ThrowsAsync<StudyNotFoundException>(() => client.DeleteStudyAsync("nobody"));
        await Assert.ThrowsAsync<StudyNotFoundException>(() => client.RenameStudyAsync("nobody", "n"));
        Assert.Contains("'s'", (await Assert.ThrowsAsync<DuplicatedStudyException>(() => client.CreateStudyAsync("s"))).Message);
        Assert.Equal(study.Id, (await client.CreateStudyAsync("s", loadIfExists: true)).Id);
        await client.CreateStudyAsync("other");
        await Assert.ThrowsAsync<DuplicatedStudyException>(() => client.RenameStudyAsync("other", "s"));
        await Assert.ThrowsAsync<ArgumentException>(() => client.CreateStudyAsync(" "));
        await Assert.ThrowsAsync<ArgumentException>(() => client.CreateStudyAsync("n", sampler: new("no-such-sampler")));

        var trial = study.Ask();
        trial.SuggestFloat("x", 0, 1);
        Assert.Throws<ArgumentException>(() => study.Tell(trial, [1, 2], TrialState.Complete));
        Assert.Throws<ArgumentException>(() => study.Tell(trial, double.NaN, TrialState.Complete));
        Assert.Throws<ArgumentException>(() => study.Tell(trial, [1], TrialState.Fail));
        Assert.Throws<KeyNotFoundException>(() => study.Tell(7, [1]));
        Assert.Equal(TrialState.Running, Assert.Single(study.Trials).State);
        study.Tell(trial, 1);
        Assert.Throws<TrialFinishedException>(() => study.Tell(0, [2]));
        Assert.Equal(1, study.Tell(0, [2], skipIfFinished: true).Value);
        Assert.Equal(1, Assert.Single(study.Trials).Value);

        var next = study.Ask();
        Assert.Throws<ArgumentException>(() => next.SuggestCategorical("x", "a", "b"));
        Assert.Throws<ArgumentException>(() => study.AddTrial(FrozenTrial.Create(values: [1, 2])));
        Assert.Empty((await study.GetTrialsAsync())[1].ParamList);
        Assert.Equal(2, study.Trials.Length);
    }

    [Fact]
    public async Task A_client_says_when_nobody_answers()
    {
        var coordinator = await CoordinatorAsync(SqliteStorage);
        await coordinator.Process.KillAsync();

        var options = new OptunaClientOptions { ConnectTimeout = TimeSpan.FromSeconds(1) };
        var e = await Assert.ThrowsAsync<CoordinatorUnreachableException>(() => OptunaClient.ConnectAsync(coordinator.Url, options));

        Assert.Contains(coordinator.Url, e.Message);
    }
}
