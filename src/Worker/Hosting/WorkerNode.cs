using System.Collections.Concurrent;
using Akka.Actor;
using Optuna.Cluster.Client;
using Optuna.Cluster.Pbm.Grammar;
using Optuna.Cluster.Pbm.Host;
using Optuna.Cluster.Pbm.Palettes;
using Optuna.Cluster.Security;
using Optuna.Studies;
using Optuna.Trials;
using Optuna.Worker.Trials;

namespace Optuna.Worker.Hosting;

/// <summary>A worker from start to end: connects, evaluates until the budget is spent, and begins again if its actor system is lost.</summary>
/// <remarks>It is a client of the coordinators and no member of their cluster: whatever happens to it harms its own trials only.</remarks>
public sealed class WorkerNode(WorkerOptions options)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(20);

    private readonly WorkerOptions _options = options.Validated();
    private volatile OptunaClient? _client;

    /// <summary>A coordinator answers now.</summary>
    public bool IsConnected => _client?.IsConnected == true;

    /// <summary>Lines for people: connected, lost, connecting again.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Told after every trial of this worker: number and state. Called on an actor's thread.</summary>
    public Action<int, TrialState>? TrialEnded { get; init; }

    /// <summary>Evaluates trials of a study until its budget is spent; waits for a coordinator as long as it takes.</summary>
    /// <exception cref="StudyNotFoundException">No study of that name, or it was deleted meanwhile.</exception>
    public async Task<WorkerResult> RunAsync(string studyName, IObjective objective, CancellationToken cancellationToken = default)
    {
        var clientOptions = new OptunaClientOptions { RequestTimeout = null, Hocon = _options.Hocon };
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await using var client = await OptunaClient.ConnectAsync(_options.Coordinator, clientOptions, cancellationToken).ConfigureAwait(false);
                _client = client;
                await using var commands = StartCommands(client);
                if (await RunAsync(client, studyName, objective, cancellationToken).ConfigureAwait(false) is { } result)
                    return result;
                Log?.Invoke("The connection was lost for good; building a new one.");
            }
            catch (CoordinatorUnreachableException e)
            {
                Log?.Invoke($"{e.Message} Trying again.");
            }

            await Task.Delay(RetryAfter, cancellationToken).ConfigureAwait(false);
        }
    }

    private CommandHost? StartCommands(OptunaClient client)
    {
        if (_options.Pbm is not { } at)
            return null;
        var grammar = new CommandGrammar(
        [
            ActorPalette.Of(client.System),
            LogPalette.Of(client.System),
            new OptunaPalette(_ => Task.FromResult(client)).Palette,
        ]);
        var name = $"worker {Environment.MachineName}/{Environment.ProcessId}";
        var host = CommandHost.Start(at, name, grammar, RoleTokens.From(client.System.Settings.Config));
        Log?.Invoke($"pbm at {host.Address}");
        return host;
    }

    // Null when the actor system ended under the work.
    private async Task<WorkerResult?> RunAsync(OptunaClient client, string studyName, IObjective objective, CancellationToken cancel)
    {
        var study = await client.LoadStudyAsync(studyName, cancel).ConfigureAwait(false);
        var summary = await study.GetSummaryAsync(cancel).ConfigureAwait(false);
        var worker = new WorkerId($"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}");
        Log?.Invoke($"Working on study '{study.Name}' with {_options.Slots} slot(s) as {worker}.");
        var done = new TaskCompletionSource<WorkerResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var backend = client.Backend(study.Id);
        var lastWords = new ConcurrentBag<Task>();
        var actor = client.System.ActorOf(Props.Create(() => new WorkerActor(
            backend, summary, objective, worker, _options.Slots, _options.NTrials, done, TrialEnded, lastWords.Add)));
        using var stop = cancel.Register(() => done.TrySetCanceled(cancel));
        try
        {
            var first = await Task.WhenAny(done.Task, client.WhenTerminated).ConfigureAwait(false);
            return first == done.Task ? await done.Task.ConfigureAwait(false) : null;
        }
        finally
        {
            await actor.GracefulStop(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
            // Trials are given back, and a cancelled objective may have programs to end; what does not listen is not waited
            // for for ever.
            await Task.WhenAny(Task.WhenAll(lastWords), Task.Delay(EndPatience, CancellationToken.None)).ConfigureAwait(false);
        }
    }
}
