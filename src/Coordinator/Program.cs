using System.CommandLine;
using Optuna.Cluster.Client;
using Optuna.Cluster.Pbm.Host;
using Optuna.Cluster.Protocol;
using Optuna.CommandLine;
using Optuna.Coordinator;
using Optuna.Coordinator.Hosting;

var defaults = new CoordinatorOptions();
var storage = new SecretOption("--storage", "OPTUNA_STORAGE",
    $"Where the journal is: sqlite:///PATH (by default {defaults.Storage}) or mysql://USER:PASSWORD@HOST:PORT/DB.");
var hostname = CommandRunner.EnvironmentOption("--hostname", "OPTUNA_HOSTNAME", defaults.Hostname, text => text,
    "The address workers and other coordinators reach this node by; it listens there and nowhere else.");
var port = CommandRunner.EnvironmentOption("--port", "OPTUNA_PORT", OptunaSystem.DefaultPort, text => CommandRunner.Number(text, 0, 65535),
    "Remoting port; 0 for any free one.");
var grpc = CommandRunner.EnvironmentOption("--grpc", "OPTUNA_GRPC", ListenWish.Grpc, ListenWish.Grpc.Parse,
    $"Where the storage server for Optuna's own clients listens, [HOST:]PORT; 'none' for nowhere. By default {ListenWish.Grpc.EndPoint}, if that port is free.");
var http = CommandRunner.EnvironmentOption("--http", "OPTUNA_HTTP", ListenWish.Http, ListenWish.Http.Parse,
    $"Where health and metrics are served, [HOST:]PORT; 'none' for nowhere. By default {ListenWish.Http.EndPoint}, if that port is free.");
var pbm = CommandRunner.EnvironmentOption("--pbm", "OPTUNA_PBM", CommandEndpoint.Default, CommandEndpoint.Parse,
    $"Where the command host for 'pbm' listens, [HOST:]PORT; 'none' for nowhere. By default the first free port from {CommandEndpoint.Default}.");
var format = ProgramLog.Option();
var tls = new TlsOptions();
var seed = new Option<string[]>("--seed")
{
    Description = "HOST:PORT of a coordinator to join, where the database cannot tell (repeatable). [environment: OPTUNA_SEED, comma-separated]",
    DefaultValueFactory = _ => FromEnvironment("OPTUNA_SEED", ','),
};
var hocon = new Option<string[]>("--hocon")
{
    Description = "A HOCON file over the defaults (repeatable, the first one strongest). [environment: OPTUNA_HOCON, separated like PATH]",
    DefaultValueFactory = _ => FromEnvironment("OPTUNA_HOCON", Path.PathSeparator),
};
var root = new RootCommand("Hosts studies: decides, journals and answers what workers and clients ask.") { storage.Option, hostname, port, grpc, http, pbm, seed, hocon, format };
tls.AddTo(root);
root.SetAction((parsed, cancel) => CoordinatorProcess.RunAsync(
    new CoordinatorOptions
    {
        Storage = storage.Read(parsed) ?? defaults.Storage,
        Hostname = parsed.GetValue(hostname)!,
        Port = parsed.GetValue(port),
        Grpc = parsed.GetValue(grpc)!.EndPoint,
        GrpcIfFree = parsed.GetValue(grpc)!.IsWish,
        Http = parsed.GetValue(http)!.EndPoint,
        HttpIfFree = parsed.GetValue(http)!.IsWish,
        Pbm = parsed.GetValue(pbm)!.OrNull,
        Seeds = [.. (parsed.GetValue(seed) ?? []).Select(Seed)],
        Hocon = tls.Hocon(parsed),
        HoconFiles = [.. parsed.GetValue(hocon) ?? []],
    },
    new ProgramLog("optuna-coordinator", parsed.GetValue(format)), cancel));
return await CommandRunner.RunAsync(root, args).ConfigureAwait(false);

static CoordinatorAddress Seed(string text)
{
    try
    {
        return CoordinatorAddress.Parse(text);
    }
    catch (ArgumentException e)
    {
        throw new ArgumentException($"--seed: {e.Message}");
    }
}

static string[] FromEnvironment(string variable, char separator) =>
    Environment.GetEnvironmentVariable(variable)?.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
