using System.CommandLine;
using Optuna.Bench;
using Optuna.CommandLine;

const string All = "all";
var sampler = Names("--sampler", Samplers.Names, "Samplers to time.");
var problem = Names("--problem", Problem.Names, "Problems to time them on.");
var trials = new Option<int[]>("--trials")
{
    Description = "Trials of a study (repeatable, or separated by commas).",
    DefaultValueFactory = _ => [1000],
    CustomParser = result => Read(result, "--trials", text => CommandRunner.Number(text, 1, 10_000_000)),
    Arity = ArgumentArity.OneOrMore,
};
var repeat = CommandRunner.EnvironmentOption("--repeat", "OPTUNA_BENCH_REPEAT", 3, text => CommandRunner.Number(text, 1, 1000),
    "Studies timed per cell; the median is reported and all are listed.");
var seed = CommandRunner.EnvironmentOption("--seed", "OPTUNA_BENCH_SEED", 0, text => CommandRunner.Number(text, 0, int.MaxValue),
    "Seed of every study: each repetition does the same work.");
var askLatency = new Option<bool>("--ask-latency") { Description = "Also time single asks, with all their suggests, once a study has its trials." };
var json = new Option<bool>("--json") { Description = "One JSON line per cell instead of a table." };
var root = new RootCommand("Times whole studies in this process.") { sampler, problem, trials, repeat, seed, askLatency, json };
root.SetAction(parsed =>
{
    var report = new EngineReport(Console.Out, parsed.GetValue(json));
    foreach (var problemName in parsed.GetValue(problem)!)
    {
        foreach (var samplerName in parsed.GetValue(sampler)!)
        {
            foreach (var count in parsed.GetValue(trials)!)
            {
                var timing = new StudyTiming(Samplers.Create(samplerName), Problem.Of(problemName), count, (ulong)parsed.GetValue(seed));
                report.Add(new EngineCell(
                    samplerName, problemName, count, timing.Run(parsed.GetValue(repeat), parsed.GetValue(askLatency))));
            }
        }
    }

    return 0;
});
return await CommandRunner.RunAsync(root, args).ConfigureAwait(false);

static Option<string[]> Names(string name, IReadOnlyCollection<string> known, string description) => new(name)
{
    Description = $"{description} Repeatable, or separated by commas: {string.Join(", ", known)}, {All}.",
    DefaultValueFactory = _ => [.. known],
    Arity = ArgumentArity.OneOrMore,
    CustomParser = result =>
    {
        var chosen = Read(result, name, text => text == All || known.Contains(text)
            ? text
            : throw new ArgumentException($"there is no '{text}'; there are {string.Join(", ", known)} and {All}."));
        return chosen.Contains(All) ? [.. known] : chosen;
    },
};

static T[] Read<T>(System.CommandLine.Parsing.ArgumentResult result, string option, Func<string, T> read)
{
    try
    {
        return [.. result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.TrimEntries)).Select(read).Distinct()];
    }
    catch (ArgumentException e)
    {
        result.AddError($"{option}: {e.Message}");
        return [];
    }
}
