using System.CommandLine;
using Optuna.Bench;
using Optuna.CommandLine;
using Optuna.Importance;

var sampler = Lists.OfNames("--sampler", SamplerNames.Names, ["random", "tpe", "tpe-univariate"], "Samplers to time.");
var problem = Lists.OfNames("--problem", Problem.Names, ["quad3", "sphere10", "mixed10", "sphere40"], "Problems to time them on.");
var trials = Lists.Of("--trials", [1000], text => CommandRunner.Number(text, 1, 10_000_000), "Trials of a study.");
var repeat = CommandRunner.EnvironmentOption("--repeat", "OPTUNA_BENCH_REPEAT", 3, text => CommandRunner.Number(text, 1, 1000),
    "Studies timed per cell; the median is reported and all are listed.");
var seed = CommandRunner.EnvironmentOption("--seed", "OPTUNA_BENCH_SEED", 0, text => CommandRunner.Number(text, 0, int.MaxValue),
    "Seed of every study: each repetition does the same work.");
var askLatency = new Option<bool>("--ask-latency") { Description = "Also time single asks, with all their suggests, once a study has its trials." };
var asks = CommandRunner.EnvironmentOption("--asks", "OPTUNA_BENCH_ASKS", 0, text => CommandRunner.Number(text, 1, 1_000_000),
    "How many of them per study; by default a fiftieth of its trials, 5 to 200, so that it hardly grows.");
var asksOnly = new Option<bool>("--asks-only")
{
    Description = "Time nothing but asks, in studies that were given random trials: for samplers whose own study would take long.",
};
var importance = Lists.OfNames("--importance", [.. ImportanceCatalog.Names], [], "Time these importance evaluators on studies of random trials instead of samplers.");
var json = new Option<bool>("--json") { Description = "One JSON line per cell instead of a table." };
var root = new RootCommand("Times whole studies in this process.") { sampler, problem, trials, repeat, seed, askLatency, asks, asksOnly, importance, json };
root.SetAction(parsed =>
{
    var report = new EngineReport(Console.Out, parsed.GetValue(json));
    if (parsed.GetValue(importance) is { Length: > 0 } evaluators)
        return Importances(evaluators);
    foreach (var problemName in parsed.GetValue(problem)!)
    {
        foreach (var samplerName in parsed.GetValue(sampler)!)
        {
            foreach (var count in parsed.GetValue(trials)!)
                report.Add(new EngineCell(samplerName, problemName, count, Measured(problemName, samplerName, count)));
        }
    }

    return 0;

    int Importances(string[] named)
    {
        foreach (var problemName in parsed.GetValue(problem)!)
        {
            foreach (var evaluator in named)
            {
                foreach (var count in parsed.GetValue(trials)!)
                {
                    var runs = ImportanceTiming.Of(evaluator, Problem.Of(problemName), count, (ulong)parsed.GetValue(seed), parsed.GetValue(repeat));
                    Console.WriteLine(ImportanceTiming.Line(evaluator, problemName, count, runs, parsed.GetValue(json)));
                }
            }
        }

        return 0;
    }

    StudyTimes Measured(string problemName, string samplerName, int count)
    {
        var timing = new StudyTiming(() => SamplerNames.Create(samplerName, Problem.Of(problemName).Objectives), Problem.Of(problemName), count, (ulong)parsed.GetValue(seed));
        var perStudy = parsed.GetValue(asks) is > 0 and var given ? given : Math.Clamp(count / 50, 5, 200);
        return parsed.GetValue(asksOnly)
            ? timing.Asks(parsed.GetValue(repeat), perStudy)
            : timing.Whole(parsed.GetValue(repeat), parsed.GetValue(askLatency) ? perStudy : 0);
    }
});
return await CommandRunner.RunAsync(root, args).ConfigureAwait(false);
