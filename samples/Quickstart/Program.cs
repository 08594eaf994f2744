using System.CommandLine;
using System.Globalization;
using Optuna.CommandLine;
using Optuna.Coordinator.Storage;
using Optuna.Samples.Quickstart;
using Optuna.Studies;

var defaults = new QuickstartOptions();
var trials = CommandRunner.CheckedOption("--trials", defaults.Trials, text => CommandRunner.Number(text, 1, 1_000_000),
    "How many trials this run adds to the study.");
var seed = CommandRunner.CheckedOption<ulong?>("--seed", null, Seed,
    "Seed of a new study; without it another one every time.");
var storage = CommandRunner.CheckedOption("--storage", defaults.Storage, Storage,
    "Where the study is kept: sqlite:///FILE (relative to the working directory) or mysql://USER:PASSWORD@HOST:PORT/DB.");
var study = CommandRunner.CheckedOption("--study-name", defaults.StudyName, StudyName,
    "The study to begin, or to go on with if the storage has one of that name.");
var workers = CommandRunner.CheckedOption("--workers", defaults.Workers, text => CommandRunner.Number(text, 1, 64),
    $"How many workers; each evaluates {QuickstartOptions.SlotsPerWorker} trials at once.");
var port = CommandRunner.CheckedOption("--port", defaults.Port, text => CommandRunner.Number(text, 0, 65535),
    "Port of the coordinator, for workers in other terminals; 0 for any free one.");
var json = new Option<bool>("--json") { Description = "Print the result as one line of JSON; everything else goes to stderr." };
var root = new RootCommand("Tunes LightGBM on the breast cancer data: a coordinator and its workers in one process, resumed on every run.")
{
    trials, seed, storage, study, workers, port, json,
};
root.SetAction((parsed, cancel) => QuickstartRun.RunAsync(
    new QuickstartOptions
    {
        Trials = parsed.GetValue(trials),
        Seed = parsed.GetValue(seed),
        Storage = parsed.GetValue(storage)!,
        StudyName = parsed.GetValue(study)!,
        Workers = parsed.GetValue(workers),
        Port = parsed.GetValue(port),
        Json = parsed.GetValue(json),
    },
    cancel));
return await CommandRunner.RunAsync(root, args).ConfigureAwait(false);

static ulong? Seed(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
    ? seed
    : throw new ArgumentException($"'{text}' is not a whole number from 0 to {ulong.MaxValue}.");

static string Storage(string text)
{
    StorageUrl.Parse(text);
    return text;
}

static string StudyName(string text) => StudyRules.NameFault(text) is { } fault ? throw new ArgumentException(fault) : text;
