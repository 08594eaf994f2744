using System.Globalization;
using Optuna.Cluster.Client;
using Optuna.Cluster.Pbm.Grammar;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Cluster.Pbm.Palettes;

/// <summary><c>optuna</c>: studies and who works on them. What changes something is journaled before it is answered.</summary>
/// <param name="connect">The node's own line to the coordinators; whoever made it ends it.</param>
internal sealed class OptunaPalette(Func<CancellationToken, Task<OptunaClient>> connect)
{
    private const string Study = "study", Worker = "worker";

    public Palette Palette => new("optuna", "Studies, and the workers that evaluate their trials.",
    [
        new("studies", "List the studies of the cluster.", Access.Look, StudiesAsync),
        new("study", "Show one study.", Access.Look, StudyAsync) { Parameters = [Named("The study.")] },
        new("workers", "List the workers that hold running trials.", Access.Look, WorkersAsync) { Parameters = [Only] },
        new("leases", "List running trials: who holds each, its fencing token, and how long the holder may stay silent.", Access.Look, LeasesAsync)
        {
            Parameters = [Only],
        },
        new("drain", "Let a worker finish the trials it has and end.", Access.Change, DrainAsync)
        {
            Parameters = [new(Worker, "The worker's name as 'optuna workers' shows it, or the beginning of it.") { Required = true }, Only],
        },
        new("pause", "Give out no new trials of a study: its workers finish theirs and wait.", Access.Change, PauseAsync) { Parameters = [Named("The study.")] },
        new("resume", "Give out trials of a study again.", Access.Change, ResumeAsync) { Parameters = [Named("The study.")] },
    ]);

    private static Parameter Only => new(Study, "This study only.", 's');

    private static Parameter Named(string summary) => new(Study, summary) { Required = true };

    private async Task StudiesAsync(CommandCall call)
    {
        var client = await connect(call.Cancel).ConfigureAwait(false);
        var studies = await client.GetStudiesAsync(call.Cancel).ConfigureAwait(false);
        foreach (var s in studies)
        {
            var best = s.BestTrial is { } number ? $" | best: trial {number}" : "";
            await call.Output.RowAsync($"{s.Name} | {Mode(s)} | {Directions(s)} | trials: {s.Counts.Total} | running: {s.Counts.Running}{best}", Json(s)).ConfigureAwait(false);
        }

        await call.Output.RowAsync($"Count: {studies.Length} studies", null).ConfigureAwait(false);
    }

    private async Task StudyAsync(CommandCall call)
    {
        var study = await OpenAsync(call, call.Value(Study)).ConfigureAwait(false);
        var s = await study.GetSummaryAsync(call.Cancel).ConfigureAwait(false);
        var best = s.BestTrial is { } number ? await TrialAsync(call, study.Id, number).ConfigureAwait(false) : null;
        var c = s.Counts;
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            study:      {s.Name} (number {s.Id})
            mode:       {Mode(s)}
            directions: {Directions(s)}
            budget:     {(s.Budget is { } trials ? $"{trials} trials" : "what workers were started with")}
            sampler:    {s.Sampler.Name}
            pruner:     {s.Pruner.Name}
            trials:     {c.Total} (waiting {c.Waiting}, running {c.Running}, complete {c.Complete}, pruned {c.Pruned}, failed {c.Fail})
            started:    {(s.DatetimeStart is { } at ? Time(at) : "not yet")}
            """);
        if (best is not null)
            text += string.Create(CultureInfo.InvariantCulture, $"\nbest:       trial {best.Number}: {best.Value}");
        await call.Output.RowAsync(text, Json(s, best?.Value)).ConfigureAwait(false);
    }

    private async Task WorkersAsync(CommandCall call)
    {
        var workers = (await HeldAsync(call).ConfigureAwait(false)).GroupBy(h => (h.Lease.Worker, h.Study)).ToList();
        foreach (var held in workers)
        {
            var (worker, study) = (held.Key.Worker.Value, held.Key.Study);
            var trials = held.Select(h => h.Lease.Number).ToList();
            var draining = held.First().Lease.Draining;
            await call.Output.RowAsync(
                $"{Holder(worker)} | {study} | trials: {string.Join(", ", trials)} | {(draining ? "draining" : "")}",
                new { worker, study, trials, draining }).ConfigureAwait(false);
        }

        await call.Output.RowAsync($"Count: {workers.Select(w => w.Key.Worker).Distinct().Count()} workers", null).ConfigureAwait(false);
    }

    private async Task LeasesAsync(CommandCall call)
    {
        var held = await HeldAsync(call).ConfigureAwait(false);
        foreach (var (study, l) in held)
        {
            var left = l.Left?.TotalSeconds;
            await call.Output.RowAsync(
                string.Create(CultureInfo.InvariantCulture, $"{study} | trial {l.Number} | {Holder(l.Worker.Value)} | lease: {l.Token} | left: {(left is { } s ? $"{s:0.0} s" : "no limit")}"),
                new
                {
                    study,
                    trial = l.Number,
                    worker = l.Worker.Value,
                    lease = l.Token,
                    secondsLeft = left is { } seconds ? Math.Round(seconds, 3) : (double?)null,
                    started = l.StartedAt is { } at ? Time(at) : null,
                    draining = l.Draining,
                }).ConfigureAwait(false);
        }

        await call.Output.RowAsync($"Count: {held.Count} running trials", null).ConfigureAwait(false);
    }

    private async Task DrainAsync(CommandCall call)
    {
        var (typed, only) = (call.Value(Worker), call.Find(Study));
        var holding = (await HeldAsync(call).ConfigureAwait(false))
            .Where(h => h.Lease.Worker.Value is { Length: > 0 } w && w.StartsWith(typed, StringComparison.Ordinal))
            .Select(h => (Worker: h.Lease.Worker.Value, h.Study)).Distinct().ToList();
        if (holding.Select(h => h.Worker).Distinct().Count() > 1 && holding.All(h => h.Worker != typed))
            throw new CommandRefusedException($"'{typed}' is the beginning of {holding.Select(h => h.Worker).Distinct().Count()} workers' names; nothing was done.");
        if (holding.Any(h => h.Worker == typed))
            holding.RemoveAll(h => h.Worker != typed);
        // A worker that waits holds nothing; with its study and its whole name given it can be told all the same.
        if (holding.Count == 0 && only is not null)
            holding.Add((typed, only));
        if (holding.Count == 0)
            throw new CommandRefusedException($"No worker whose name begins with '{typed}' holds a trial. One that only waits is named in full, with its study (-s).");
        foreach (var (worker, name) in holding)
        {
            await (await OpenAsync(call, name).ConfigureAwait(false)).DrainWorkerAsync(worker, call.Cancel).ConfigureAwait(false);
            await call.Output.RowAsync($"{worker} gets no more trials of {name}.", new { worker, study = name, draining = true }).ConfigureAwait(false);
        }
    }

    private async Task PauseAsync(CommandCall call)
    {
        var study = await OpenAsync(call, call.Value(Study)).ConfigureAwait(false);
        await study.PauseAsync(call.Cancel).ConfigureAwait(false);
        await call.Output.RowAsync($"{study.Name} is paused.", new { study = study.Name, mode = "paused" }).ConfigureAwait(false);
    }

    private async Task ResumeAsync(CommandCall call)
    {
        var study = await OpenAsync(call, call.Value(Study)).ConfigureAwait(false);
        await study.ResumeAsync(call.Cancel).ConfigureAwait(false);
        await call.Output.RowAsync($"{study.Name} is running.", new { study = study.Name, mode = "running" }).ConfigureAwait(false);
    }

    private async Task<Study> OpenAsync(CommandCall call, string name) =>
        await (await connect(call.Cancel).ConfigureAwait(false)).LoadStudyAsync(name, call.Cancel).ConfigureAwait(false);

    private async Task<FrozenTrial?> TrialAsync(CommandCall call, StudyId study, int number)
    {
        var client = await connect(call.Cancel).ConfigureAwait(false);
        var reply = await client.Backend(study).QueryAsync(new StudyQueries.GetTrial(number), call.Cancel).ConfigureAwait(false);
        return reply is StudyReplies.Trials { Page: [var trial] } ? trial : null;
    }

    /// <summary>Running trials of the study that was named, or of all.</summary>
    private async Task<List<(string Study, TrialLease Lease)>> HeldAsync(CommandCall call)
    {
        var client = await connect(call.Cancel).ConfigureAwait(false);
        if (call.Find(Study) is { } name)
        {
            var only = await client.LoadStudyAsync(name, call.Cancel).ConfigureAwait(false);
            return [.. (await only.GetLeasesAsync(call.Cancel).ConfigureAwait(false)).Select(l => (only.Name, l))];
        }

        var held = new List<(string, TrialLease)>();
        foreach (var study in (await client.GetStudiesAsync(call.Cancel).ConfigureAwait(false)).Where(s => s.Counts.Running > 0))
        {
            var reply = await client.Backend(study.Id).QueryAsync(new StudyQueries.GetLeases(), call.Cancel).ConfigureAwait(false);
            if (reply is StudyReplies.Leases leases)
                held.AddRange(leases.Held.Select(l => (study.Name, l)));
        }

        return held;
    }

    private static object Json(StudySummary s, double? bestValue = null) => new
    {
        study = s.Name,
        number = s.Id.Value,
        mode = Mode(s),
        directions = s.Directions.Select(Lower),
        budget = s.Budget,
        sampler = s.Sampler.Name,
        pruner = s.Pruner.Name,
        trials = new { s.Counts.Waiting, s.Counts.Running, s.Counts.Complete, s.Counts.Pruned, s.Counts.Fail },
        started = s.DatetimeStart is { } at ? Time(at) : null,
        bestTrial = s.BestTrial,
        bestValue,
    };

    private static string Mode(StudySummary s) => Lower(s.Mode);

    private static string Directions(StudySummary s) => string.Join(", ", s.Directions.Select(Lower));

    private static string Lower<T>(T name)
        where T : struct, Enum => name.ToString().ToLowerInvariant();

    private static string Holder(string? worker) => string.IsNullOrEmpty(worker) ? "(nobody)" : worker;

    private static string Time(DateTime utc) => utc.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
