using System.CommandLine;
using System.Diagnostics;
using Optuna.Chaos;
using Optuna.Chaos.Stage;
using Optuna.Chaos.Workers;
using Optuna.CommandLine;

var minutes = CommandRunner.CheckedOption("--minutes", 1.0, Minutes, "How long faults go on; the studies come to their end afterwards.");
var seed = CommandRunner.CheckedOption("--seed", 1, text => CommandRunner.Number(text, int.MinValue, int.MaxValue), "The same seed plans the same faults.");
var every = CommandRunner.CheckedOption("--every", 5, text => CommandRunner.Number(text, 1, 3600),
    "Seconds from one fault to the next, on average; more on a busy machine, where a start takes long.");
var coordinators = CommandRunner.CheckedOption("--coordinators", 3, text => CommandRunner.Number(text, 1, 9), "Coordinators on one database; SQLite has one.");
var workers = CommandRunner.CheckedOption("--workers", 6, text => CommandRunner.Number(text, 1, 99), "Worker processes.");
var storage = CommandRunner.CheckedOption("--storage", "mysql", Storage, "mysql (a MariaDB server of its own) or sqlite.");
var network = new Option<string?>("--network") { Hidden = true };
var root = new RootCommand("Ends, freezes and cuts off real coordinators, workers and databases at random, and checks every promise.")
{
    minutes, seed, every, coordinators, workers, storage, network,
};
root.SetAction(async (parsed, cancel) =>
{
    var sqlite = parsed.GetValue(storage) == "sqlite";
    var plan = new ChaosPlan(
        TimeSpan.FromMinutes(parsed.GetValue(minutes)), TimeSpan.FromSeconds(parsed.GetValue(every)), parsed.GetValue(seed), sqlite ? 1 : parsed.GetValue(coordinators),
        parsed.GetValue(workers), sqlite, parsed.GetValue(network));
    if (plan.Network is null && Network.IsPossible())
        return await InNetworkAsync(plan, args, cancel);
    var (held, json) = await new ChaosRun(plan, Console.WriteLine).RunAsync(cancel);
    Console.WriteLine(json);
    return held ? 0 : 1;
});

var coordinator = new Option<string>("--coordinator") { Required = true };
var study = new Option<string>("--study") { Required = true };
var budget = new Option<int>("--budget") { Required = true };
var log = new Option<string>("--log") { Required = true };
var worker = new Command("worker", "One worker of the fleet.") { coordinator, study, budget, log };
worker.Hidden = true;
worker.SetAction((parsed, cancel) => ChaosWorker.RunAsync(
    parsed.GetRequiredValue(coordinator), parsed.GetRequiredValue(study), parsed.GetRequiredValue(budget), parsed.GetRequiredValue(log), cancel));
root.Add(worker);
return await CommandRunner.RunAsync(root, args);

// The harness lives in the network it cuts: it starts itself again inside, and takes the network away in the end.
static async Task<int> InNetworkAsync(ChaosPlan plan, string[] args, CancellationToken cancel)
{
    var nodes = Enumerable.Range(0, plan.Coordinators).Select(i => $"c{i}")
        .Concat(Enumerable.Range(0, plan.Workers).Select(i => $"w{i}")).Append(Network.Database).ToList();
    var made = Network.Create(nodes);
    try
    {
        List<string> command = [.. made.Within(Network.Hub), "dotnet", Path.Combine(AppContext.BaseDirectory, "Chaos.dll"), .. args, "--network", made.Prefix];
        using var inside = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)))!;
        using var stop = cancel.Register(() => Optuna.Testing.Processes.Signals.Send(inside.Id, Optuna.Testing.Processes.Signals.Terminate));
        await inside.WaitForExitAsync(CancellationToken.None);
        return inside.ExitCode;
    }
    finally
    {
        made.Delete(nodes);
    }
}

static double Minutes(string text) =>
    double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value) && value is > 0 and <= 1440
        ? value
        : throw new ArgumentException($"'{text}' is not a number of minutes above 0, at most 1440.");

static string Storage(string text) => text is "mysql" or "sqlite" ? text : throw new ArgumentException($"'{text}' is neither mysql nor sqlite.");
