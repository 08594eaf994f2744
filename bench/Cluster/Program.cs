using System.CommandLine;
using Optuna.Bench;
using Optuna.CommandLine;

var storage = CommandRunner.EnvironmentOption("--storage", "OPTUNA_BENCH_STORAGE", BenchStorage.PrivateMariaDb, BenchStorage.Checked,
    "mysql://USER:PASSWORD@HOST:PORT/DB, sqlite:///PATH, 'sqlite' (a file of its own), or 'mariadb' (a server of its own, gone afterwards).");
var workers = Number("--workers", "OPTUNA_BENCH_WORKERS", 8, 1, 256, "Worker processes.");
var slots = Number("--slots", "OPTUNA_BENCH_SLOTS", 1, 1, 1024, "Trials each worker evaluates at once.");
var parameters = Number("--params", "OPTUNA_BENCH_PARAMS", 5, 1, 1000, "Float parameters of a trial.");
var reports = Number("--reports", "OPTUNA_BENCH_REPORTS", 0, 0, 10_000, "Intermediate values of a trial; the pruner is asked after each.");
var seconds = Number("--seconds", "OPTUNA_BENCH_SECONDS", 30, 1, 3600, "Length of the measured window.");
var warmUp = Number("--warm-up", "OPTUNA_BENCH_WARM_UP", 5, 0, 600, "Seconds between every worker's first trials and the window.");
var repeat = Number("--repeat", "OPTUNA_BENCH_REPEAT", 1, 1, 100, "Windows, each with a study and workers of its own.");
var sampler = CommandRunner.EnvironmentOption("--sampler", "OPTUNA_BENCH_SAMPLER", "random", ClusterPlan.CheckedSampler, "Name of the study's sampler.");
var hocon = CommandRunner.EnvironmentOption("--hocon", "OPTUNA_BENCH_HOCON", "", ClusterPlan.CheckedFile, "A HOCON file for the coordinator.");
var json = new Option<bool>("--json") { Description = "One JSON line instead of sentences." };
var root = new RootCommand("Measures trials per second of one study over real coordinator and worker processes.")
{
    storage, workers, slots, parameters, reports, seconds, warmUp, repeat, sampler, hocon, json,
};
root.SetAction(async (parsed, cancel) =>
{
    var plan = new ClusterPlan(
        parsed.GetValue(workers), parsed.GetValue(slots), parsed.GetValue(parameters), parsed.GetValue(reports),
        parsed.GetValue(sampler)!, TimeSpan.FromSeconds(parsed.GetValue(warmUp)), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
    await using var place = await BenchStorage.OpenAsync(parsed.GetValue(storage)!, cancel).ConfigureAwait(false);
    await using var bench = await ClusterBench.StartAsync(plan, place, parsed.GetValue(hocon)!, cancel).ConfigureAwait(false);
    var windows = new List<ClusterWindow>();
    for (var i = 0; i < parsed.GetValue(repeat); i++)
        windows.Add(await bench.MeasureAsync(cancel).ConfigureAwait(false));
    ClusterReport.Write(Console.Out, plan, place, windows, parsed.GetValue(json));
    return 0;
});
return await CommandRunner.RunAsync(root, args).ConfigureAwait(false);

static Option<int> Number(string name, string variable, int fallback, int least, int most, string description) =>
    CommandRunner.EnvironmentOption(name, variable, fallback, text => CommandRunner.Number(text, least, most), description);
