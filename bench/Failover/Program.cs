using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Optuna.Bench;
using Optuna.CommandLine;
using Optuna.Testing.Storage;

var faults = Lists.OfNames("--faults", FailoverRun.Faults, [.. FailoverRun.Faults],
    "What happens to a coordinator: killed (the oldest, the youngest), frozen, told to end, or cut off from the others.");
var coordinators = Number("--coordinators", 2, 2, 9, "Coordinators on one database.");
var studies = Number("--studies", 8, 1, 256, "Studies, each asked and told without a pause by a client.");
var repeat = Number("--repeat", 5, 1, 100, "Runs of each fault, each with coordinators and a database of its own.");
var json = new Option<bool>("--json") { Description = "A JSON line per run instead of sentences." };
var root = new RootCommand("Measures for how long a study cannot be told anything when a coordinator goes.") { faults, coordinators, studies, repeat, json };
root.SetAction(async (parsed, cancel) =>
{
    var server = await MariaDbServer.StartAsync(cancel).ConfigureAwait(false);
    await using var _ = server.ConfigureAwait(false);
    foreach (var fault in parsed.GetValue(faults)!)
    {
        var worst = new List<double>();
        for (var i = 0; i < parsed.GetValue(repeat); i++)
        {
            var storage = await server.CreateDatabaseAsync(cancel).ConfigureAwait(false);
            var run = await FailoverRun.MeasureAsync(fault, storage, parsed.GetValue(coordinators), parsed.GetValue(studies), cancel).ConfigureAwait(false);
            worst.Add(run.Gaps[0]);
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(new { bench = "failover", fault, coordinators = parsed.GetValue(coordinators), gaps = run.Gaps, acknowledged = run.Acknowledged, failed = run.Failed, lost = run.Lost })
                : $"{fault}: longest silence of each study {string.Join(" ", run.Gaps.Select(g => g.ToString("0.0", CultureInfo.InvariantCulture)))} s; "
                    + $"{run.Acknowledged} results acknowledged, {run.Failed} calls failed, {run.Lost} results lost");
        }

        if (!parsed.GetValue(json))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fault}: worst study, median of {worst.Count} runs {Median.Of(worst):0.0} s, longest {worst.Max():0.0} s"));
    }

    return 0;
});
return await CommandRunner.RunAsync(root, args).ConfigureAwait(false);

static Option<int> Number(string name, int fallback, int least, int most, string description) =>
    CommandRunner.CheckedOption(name, fallback, text => CommandRunner.Number(text, least, most), description);
