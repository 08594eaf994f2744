using System.CommandLine;
using Microsoft.Extensions.Logging;
using Optuna.Cluster.Pbm.Host;
using Optuna.CommandLine;
using Optuna.Worker.Hosting;

var defaults = new WorkerOptions();
var coordinator = CommandRunner.EnvironmentOption("--coordinator", "OPTUNA_COORDINATOR", defaults.Coordinator, Address,
    "Any coordinator: optuna://HOST:PORT, with TLS optuna+tls://HOST:PORT; it tells the others.");
var study = new Option<string>("--study") { Description = "Name of the study to work on.", Required = true };
var slots = CommandRunner.EnvironmentOption("--slots", "OPTUNA_SLOTS", defaults.Slots, text => CommandRunner.Number(text, 1, 4096),
    "How many trials to evaluate at once.");
var trials = CommandRunner.EnvironmentOption<int?>("--n-trials", "OPTUNA_N_TRIALS", null, text => CommandRunner.Number(text, 0, int.MaxValue),
    "The study's budget: how many trials it may have in all, whoever evaluates them. Without it the worker never ends.");
var objective = new ObjectiveOptions();
var hocon = CommandRunner.EnvironmentOption("--hocon", "OPTUNA_HOCON", "", ReadHocon, "A HOCON file over the worker's defaults.");
var pbm = CommandRunner.EnvironmentOption("--pbm", "OPTUNA_PBM", CommandEndpoint.Default, CommandEndpoint.Parse,
    $"Where the command host for 'pbm' listens, [HOST:]PORT; 'none' for nowhere. By default the first free port from {CommandEndpoint.Default}.");
var http = CommandRunner.EnvironmentOption("--http", "OPTUNA_HTTP", ListenWish.NoHttp, ListenWish.NoHttp.Parse,
    "Where /health/live and /health/ready are served, [HOST:]PORT; nowhere unless this says so.");
var format = ProgramLog.Option();
var tls = new TlsOptions();
var root = new RootCommand("Evaluates trials of a study: asks a coordinator for parameters, runs the objective, tells the result.")
{
    coordinator, study, slots, trials,
};
objective.AddTo(root);
foreach (var option in new Option[] { pbm, hocon, http, format })
    root.Add(option);
tls.AddTo(root);
root.SetAction(async (parsed, cancel) =>
{
    var log = new ProgramLog("optuna-worker", parsed.GetValue(format)).With("study", parsed.GetRequiredValue(study));
    log.Listen();
    var source = objective.Read(parsed);
    var node = new WorkerNode(new WorkerOptions
    {
        Coordinator = parsed.GetValue(coordinator)!,
        Slots = parsed.GetValue(slots),
        NTrials = parsed.GetValue(trials),
        Pbm = parsed.GetValue(pbm)!.OrNull,
        Hocon = $"{parsed.GetValue(hocon)}\n{tls.Hocon(parsed)}",
    })
    {
        Log = line => log.Line(LogLevel.Information, line),
    };
    await using var health = parsed.GetValue(http)!.EndPoint is { } at ? new HealthPort(at, () => node.IsConnected) : null;
    if (health is not null)
        log.Line(LogLevel.Information, $"Health is served at {health.Address}.");
    try
    {
        var result = await node.RunAsync(parsed.GetRequiredValue(study), source.Open(), cancel).ConfigureAwait(false);
        log.Result(
            $"evaluated {result.Total} trials: {result}",
            ("complete", result.Complete), ("pruned", result.Pruned), ("failed", result.Failed));
    }
    catch (OperationCanceledException) when (cancel.IsCancellationRequested)
    {
        log.Result("stopped as asked; trials at work were given back");
    }

    return 0;
});
return await CommandRunner.RunAsync(root, args).ConfigureAwait(false);

static string Address(string text)
{
    Optuna.Cluster.Client.OptunaUrl.Parse(text);
    return text;
}

static string ReadHocon(string file)
{
    Optuna.Cluster.Hosting.HoconText.ReadFile(file);
    return File.ReadAllText(file);
}
