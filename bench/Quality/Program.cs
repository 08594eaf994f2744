using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using Optuna.Bench;
using Optuna.Bench.Quality.Problems;
using Optuna.Bench.Quality.Reports;
using Optuna.Bench.Quality.Results;
using Optuna.Bench.Quality.Running;
using Optuna.CommandLine;

QualityProblem[] allFunctions = [.. Functions.All, .. SeveralObjectives.All];
string[] functionNames = [.. allFunctions.Select(p => p.Name)];
string[] tableNames = [.. HpoTables.All.Select(p => p.Name)];
var samplers = Lists.OfNames("--samplers", SamplerNames.Names, ["random", "tpe"], "Samplers to run.");
var functions = Lists.OfNames("--functions", functionNames, functionNames, "Test functions to run them on.");
var tables = Lists.OfNames("--tables", tableNames, [], "Tables of measured configurations to run them on.");
var seeds = CommandRunner.EnvironmentOption("--seeds", "OPTUNA_BENCH_SEEDS", 10, text => CommandRunner.Number(text, 1, 10_000), "Studies per sampler and problem.");
var firstSeed = CommandRunner.EnvironmentOption("--first-seed", "OPTUNA_BENCH_FIRST_SEED", 0, text => CommandRunner.Number(text, 0, int.MaxValue - 10_000),
    "Seed of the first of them. The recorded results are those of 0 to 9: with another start ours are independent of them.");
var budget = Lists.Of("--budget", [], Budget.Read, "Trials per study, as '200' or 'gp=100'. By default 150 on functions, 200 on tables, 50 for gp.");
var jobs = CommandRunner.EnvironmentOption("--jobs", "OPTUNA_BENCH_JOBS", Environment.ProcessorCount, text => CommandRunner.Number(text, 1, 1024), "Studies at once.");
var json = new Option<string>("--json") { Description = "File to write the results to." };
var report = new Option<string>("--report") { Description = "File to write the report to, instead of standard output." };
var read = Lists.Of("--read", [], ResultFile.Read, "Files of results written earlier, to be reported with those of this run.");
var reference = new Option<string>("--reference") { Description = "Results to compare with, by default Optuna's." };
var against = Lists.Of("--against", [], Pair, "A sampler of the reference to compare one of ours with that it does not have, as 'auto=tpe'.");
var list = new Option<bool>("--list") { Description = "Name the samplers and problems, and run nothing." };
var root = new RootCommand("Optimises test functions and tables of measured configurations, and compares what is reached.")
{
    samplers, functions, tables, seeds, firstSeed, budget, jobs, json, report, read, reference, against, list,
};
root.SetAction((parsed, cancel) =>
{
    if (parsed.GetValue(list))
    {
        Console.WriteLine($"samplers: {string.Join(", ", SamplerNames.Names)}\nfunctions: {string.Join(", ", functionNames)}\ntables: {string.Join(", ", tableNames)}");
        return Task.FromResult(0);
    }

    var other = parsed.GetValue(reference) is { } path ? ResultFile.Read(path) : ResultFile.Optuna();
    var earlier = parsed.GetValue(read)!.SelectMany(file => file.Cells);
    var budgets = parsed.GetValue(budget)!;
    var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
    foreach (var (ours, theirs) in parsed.GetValue(against)!)
    {
        if (!pairs.TryAdd(ours, theirs))
            throw new ArgumentException($"--against: '{ours}' is compared with '{pairs[ours]}' and with '{theirs}'.");
    }

    PlannedCell[] planned =
    [
        .. from sampler in parsed.GetValue(samplers)
           from problem in allFunctions.Concat(HpoTables.All)
           where parsed.GetValue(functions)!.Contains(problem.Name) || parsed.GetValue(tables)!.Contains(problem.Name)
           select new PlannedCell(problem, sampler, Budget.Marks(problem.Marks, sampler, budgets)),
    ];
    if (planned.Length == 0 && !earlier.Any())
        throw new ArgumentException("There is nothing to run and nothing to report: name samplers and problems, or results with --read.");

    // Opened before the work: a path that will not do should not cost hours.
    using var resultsTo = Opened(parsed.GetValue(json));
    using var reportTo = Opened(parsed.GetValue(report));
    var runner = new CellRunner(parsed.GetValue(firstSeed), parsed.GetValue(seeds), parsed.GetValue(jobs));
    var ran = runner.Run(planned, Progress, cancel);
    if (resultsTo is not null)
        new ResultFile("optuna-actors", Version(), ran).Write(resultsTo);

    QualityCell[] cells = [.. ran.Concat(earlier).DistinctBy(c => (c.Problem, c.Sampler))];
    new MarkdownReport(reportTo ?? Console.Out, other).Write(cells, pairs);
    return Task.FromResult(0);
});
return await CommandRunner.RunAsync(root, args).ConfigureAwait(false);

static void Progress(QualityCell cell) => Console.Error.WriteLine(JsonSerializer.Serialize(new
{
    bench = "quality",
    problem = cell.Problem,
    sampler = cell.Sampler,
    trials = cell.LastMark,
    median = cell.At[cell.LastMark].Median,
    secondsPerStudy = cell.MedianSPerRun,
}));

static string Version() =>
    typeof(Optuna.Study).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

static KeyValuePair<string, string> Pair(string text) => text.Split('=') is [{ Length: > 0 } ours, { Length: > 0 } theirs]
    ? new(ours, theirs)
    : throw new ArgumentException($"'{text}' is not two names with '=' between them.");

static StreamWriter? Opened(string? path)
{
    try
    {
        return path is null ? null : new StreamWriter(path);
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        throw new ArgumentException($"'{path}' cannot be written: {e.Message}");
    }
}
