using System.Text.Json;
using Optuna.Coordinator.Storage;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Samples.Quickstart;

/// <summary>What a run says before and after: to people, and to programs with <c>--json</c>.</summary>
internal sealed class QuickstartView(QuickstartOptions options)
{
    private const string Objective = "samples/Quickstart/bin/Release/net10.0/Quickstart.dll#Optuna.Samples.Quickstart.BreastCancerObjective";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly string _storage = StorageUrl.Parse(options.Storage).ToString();

    /// <param name="budget">Trials that the study has at the end.</param>
    public void Begin(StudySummary study, int budget, string coordinator)
    {
        var had = study.Counts;
        Console.Error.WriteLine(had.Total == 0
            ? $"Study '{study.Name}' in {_storage} is new; {options.Trials} trials follow, {Hands()}."
            : $"Study '{study.Name}' in {_storage} has {had.Total} trials and goes on at trial {had.Total}{Unfinished(had)}; {options.Trials} more follow, {Hands()}.");
        if (had.Total > 0 && options.Seed is { } seed && seed != study.Seed)
            Console.Error.WriteLine($"It keeps the seed it began with, {study.Seed}.");
        if (options.Port == 0)
            return;
        Console.Error.WriteLine("More workers, from other terminals while this runs:");
        Console.Error.WriteLine(
            $"  dotnet run -c Release --project src/Worker -- --coordinator {coordinator} --study {Quoted(study.Name)} " +
            $"--slots {QuickstartOptions.SlotsPerWorker} --n-trials {budget} --objective '{Objective}'");
    }

    public void Interrupted() =>
        Console.Error.WriteLine($"Interrupted. The finished trials are kept in {_storage}; run the same command again to go on.");

    /// <param name="best">Null when no trial is complete.</param>
    public void End(StudySummary study, FrozenTrial? best)
    {
        Describe(options.Json ? Console.Error : Console.Out, study, best);
        if (options.Json)
        {
            var counts = study.Counts;
            Console.Out.WriteLine(JsonSerializer.Serialize(
                new Result(study.Name, counts.Total, counts.Complete, counts.Pruned, counts.Fail, best?.Value, best?.Params), Json));
        }
    }

    private void Describe(TextWriter output, StudySummary study, FrozenTrial? best)
    {
        var counts = study.Counts;
        output.WriteLine();
        output.WriteLine($"Study '{study.Name}': {counts.Total} trials, {counts.Complete} complete, {counts.Pruned} pruned, {counts.Fail} failed");
        if (best is null)
            output.WriteLine("No trial is complete: there is no best one.");
        else
        {
            output.WriteLine($"Best AUC {best.Value:0.000000} (trial {best.Number}) with");
            var width = best.Params.Keys.Max(name => name.Length);
            foreach (var (name, value) in best.Params)
                output.WriteLine($"  {name.PadRight(width)}  {value:G6}");
        }

        output.WriteLine("See it again:");
        output.WriteLine($"  dotnet run -c Release --project src/Cli -- best-trial --storage {Quoted(_storage)} --study-name {Quoted(study.Name)}");
        output.WriteLine("The same command again goes on with this study.");
    }

    private string Hands()
    {
        var slots = $"{options.Workers * QuickstartOptions.SlotsPerWorker} at once";
        return options.Workers == 1 ? slots : $"{slots} by {options.Workers} workers";
    }

    private static string Unfinished(TrialCounts had) =>
        had.Total == had.Finished ? "" : $" after {had.Total - had.Finished} that were interrupted";

    // For a POSIX shell.
    private static string Quoted(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:@%+,=".Contains(c, StringComparison.Ordinal))
        ? text
        : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private sealed record Result(
        string Study, int Trials, int Complete, int Pruned, int Failed, double? BestValue, IReadOnlyDictionary<string, object?>? BestParams);
}
