using System.CommandLine;
using Optuna.Bench;
using Optuna.CommandLine;

var optuna = CommandRunner.EnvironmentOption("--optuna", "OPTUNA_PY", "", Lab.CheckedTree, "Folder of Optuna's source tree, 4.2 or newer, that the Python can import.");
var python = CommandRunner.EnvironmentOption("--python", "PYTHON", "/usr/bin/python3", text => text, "The Python.");
var routes = Lists.OfNames("--over", Route.Names, [Route.Ours, Route.Proxy, Route.Rdb], "Ways to the storage to compare.");
var clients = Lists.Of("--clients", [1, 2, 4, 8], text => CommandRunner.Number(text, 1, 256), "Client processes.");
var reports = Lists.Of("--reports", [0, 10], text => CommandRunner.Number(text, 0, 10_000), "Intermediate values of a trial; the pruner is asked after each.");
var parameters = Number("--params", 5, 1, 1000, "Float parameters of a trial.");
var pruner = CommandRunner.CheckedOption("--pruner", "nop", text => text is "nop" or "median" ? text : throw new ArgumentException($"'{text}' is neither nop nor median."), "The study's pruner: nop, or median, which reads all trials each time.");
var seconds = Number("--seconds", 10, 1, 3600, "Length of the measured window.");
var warmUp = Number("--warm-up", 3, 0, 600, "Seconds between every client's first trial and the window.");
var repeat = Number("--repeat", 1, 1, 100, "Rounds; the table shows medians.");
var kill = new Option<bool>("--kill-owner") { Description = "Instead: clients go through one coordinator, and the other, on which their study lives, is killed." };
var root = new RootCommand("Measures trials per second of Python programs that run Optuna's own study.optimize, over several storages on one MariaDB server.")
{
    optuna, python, routes, clients, reports, parameters, pruner, seconds, warmUp, repeat, kill,
};
root.SetAction(async (parsed, cancel) =>
{
    var plan = new GrpcPlan(
        parsed.GetValue(parameters), parsed.GetValue(pruner)!, TimeSpan.FromSeconds(parsed.GetValue(warmUp)), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
    await using var lab = await Lab.OpenAsync(parsed.GetValue(optuna)!, parsed.GetValue(python)!, cancel).ConfigureAwait(false);
    if (parsed.GetValue(kill))
    {
        foreach (var count in parsed.GetValue(clients)!)
            Console.WriteLine(await new OwnerKill(lab, plan).RunAsync(count, parsed.GetValue(reports)![0], cancel).ConfigureAwait(false));
        return 0;
    }

    var cells = new List<GrpcCell>();
    var open = new List<Route>();
    try
    {
        foreach (var name in parsed.GetValue(routes)!)
            open.Add(await Route.OpenAsync(name, lab, cancel).ConfigureAwait(false));
        // Routes take turns, so that whatever else the machine does meets all of them.
        for (var i = 0; i < parsed.GetValue(repeat); i++)
        {
            foreach (var (report, count) in parsed.GetValue(reports)!.SelectMany(r => parsed.GetValue(clients)!, (r, c) => (r, c)))
            {
                foreach (var route in open)
                {
                    cells.Add(await new GrpcBench(lab, plan).MeasureAsync(route, count, report, cancel).ConfigureAwait(false));
                    Console.WriteLine(GrpcReport.Line(cells[^1], plan));
                }
            }
        }
    }
    finally
    {
        foreach (var route in open)
            await route.DisposeAsync().ConfigureAwait(false);
    }

    Console.WriteLine();
    Console.WriteLine(GrpcReport.Table(cells));
    return 0;
});
return await CommandRunner.RunAsync(root, args).ConfigureAwait(false);

static Option<int> Number(string name, int fallback, int least, int most, string description) =>
    CommandRunner.CheckedOption(name, fallback, text => CommandRunner.Number(text, least, most), description);
