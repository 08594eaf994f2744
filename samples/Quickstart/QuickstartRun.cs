using Microsoft.Extensions.Logging;
using Optuna.Cluster.Client;
using Optuna.Coordinator.Hosting;
using Optuna.Coordinator.Storage;
using Optuna.Studies;
using Optuna.Worker.Hosting;

namespace Optuna.Samples.Quickstart;

/// <summary>A whole cluster in one process, from its start to the result: coordinator, workers, study.</summary>
internal static class QuickstartRun
{
    /// <returns>Exit code.</returns>
    public static async Task<int> RunAsync(QuickstartOptions options, CancellationToken stop)
    {
        LightGbmLibrary.Check();
        OptunaLog.Written += (level, line) =>
        {
            if (level >= OptunaLogLevel.Warning)
                Console.Error.WriteLine(line);
        };
        await using var node = await CoordinatorNode.StartAsync(
            new CoordinatorOptions { Storage = options.Storage, Port = options.Port },
            logging => logging.SetMinimumLevel(LogLevel.Error)
                .AddConsole(c => c.LogToStandardErrorThreshold = LogLevel.Trace).AddSimpleConsole(c => c.SingleLine = true),
            stop).ConfigureAwait(false);
        await using var client = await OptunaClient.ConnectAsync(node.Url, cancellationToken: stop).ConfigureAwait(false);
        var study = await OpenAsync(client, options, stop).ConfigureAwait(false);
        var before = await study.GetSummaryAsync(stop).ConfigureAwait(false);
        // Trials that an earlier run left unfinished come first, and count as this run's.
        var budget = before.Counts.Finished + options.Trials;
        var view = new QuickstartView(options);
        view.Begin(before, budget, node.Url);
        try
        {
            using var workers = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var work = WorkAsync(options, node, study.Name, budget, workers);
            await StudyProgress.ShowAsync(study, before.Counts.Finished, budget, work, stop).ConfigureAwait(false);
            await work.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            view.Interrupted();
            throw;
        }

        var after = await study.GetSummaryAsync(stop).ConfigureAwait(false);
        view.End(after, after.BestTrial is null ? null : await study.GetBestTrialAsync(stop).ConfigureAwait(false));
        return 0;
    }

    private static async Task<Study> OpenAsync(OptunaClient client, QuickstartOptions options, CancellationToken stop)
    {
        var study = await client.CreateStudyAsync(
            options.StudyName, [StudyDirection.Maximize], sampler: new ComponentSpec("tpe"), pruner: new ComponentSpec("median"),
            options.Seed, loadIfExists: true, cancellationToken: stop).ConfigureAwait(false);
        return study.Directions is [StudyDirection.Maximize] ? study : throw new ArgumentException(
            $"--study-name: {StorageUrl.Parse(options.Storage)} has a study '{study.Name}' that does not maximise one value; choose another name.");
    }

    // Each worker is what it would be in a process of its own: a client that knows the coordinator's address only.
    private static async Task WorkAsync(
        QuickstartOptions options, CoordinatorNode node, string study, int budget, CancellationTokenSource cancel)
    {
        var objective = new BreastCancerObjective();
        var worker = new WorkerOptions { Coordinator = node.Url, Slots = QuickstartOptions.SlotsPerWorker, NTrials = budget };
        var all = Task.WhenAll(Enumerable.Range(0, options.Workers)
            .Select(_ => new WorkerNode(worker).RunAsync(study, objective, cancel.Token)));
        if (await Task.WhenAny(all, node.WhenTerminated).ConfigureAwait(false) != all)
        {
            await cancel.CancelAsync().ConfigureAwait(false);
            throw new OptunaException("The coordinator has ended by itself; what was told is kept, run the same command again to go on.");
        }

        await all.ConfigureAwait(false);
    }
}
