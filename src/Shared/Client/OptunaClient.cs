using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Akka.Actor;
using Optuna.Cluster.Protocol;
using Optuna.Cluster.Security;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Studies;

namespace Optuna.Cluster.Client;

/// <summary>A connection to the coordinators: studies by name, and the line their <see cref="Study"/> objects talk over.</summary>
/// <remarks>Safe for use from several threads. Survives the loss of its coordinator: what was asked is asked again of the next.</remarks>
public sealed class OptunaClient : IAsyncDisposable
{
    private readonly ActorSystem _system;
    private readonly IActorRef _connection;
    private readonly OptunaClientOptions _options;
    private readonly bool _ownsSystem;
    private readonly ConnectionState _state = new();

    private OptunaClient(ActorSystem system, OptunaUrl url, OptunaClientOptions options, bool ownsSystem)
    {
        (_system, _options, _ownsSystem) = (system, options, ownsSystem);
        var name = $"{Environment.MachineName}/{Environment.ProcessId}";
        var state = _state;
        _connection = system.ActorOf(Props.Create(() => new ConnectionActor(url, options, name, state)));
    }

    /// <summary>How long a worker may be silent before its trials are taken from it; known once connected.</summary>
    public TimeSpan Lease { get; private set; }

    /// <summary>A coordinator answers now.</summary>
    public bool IsConnected => _state.IsOpen;

    /// <summary>Completes when the underlying actor system has ended for whatever reason.</summary>
    public Task WhenTerminated => _system.WhenTerminated;

    internal ActorSystem System => _system;

    /// <summary>Connects to any coordinator of a cluster; learns of the others by itself.</summary>
    /// <param name="url"><c>optuna://HOST:PORT</c>, or <c>optuna+tls://HOST:PORT</c> with a certificate in <see cref="OptunaClientOptions.Hocon"/>.</param>
    /// <exception cref="ArgumentException">The address is not of that form, or the certificate will not do.</exception>
    /// <exception cref="CoordinatorUnreachableException">None answered within <see cref="OptunaClientOptions.ConnectTimeout"/>.</exception>
    public static Task<OptunaClient> ConnectAsync(
        string url, OptunaClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new OptunaClientOptions();
        var parsed = OptunaUrl.Parse(url);
        var (system, identity) = ClientSystem.Create(parsed, options);
        return ConnectAsync(system, parsed, options, ownsSystem: true, cancellationToken, identity);
    }

    internal static async Task<OptunaClient> ConnectAsync(
        ActorSystem system, OptunaUrl url, OptunaClientOptions options, bool ownsSystem, CancellationToken cancellationToken, TlsIdentity? identity = null)
    {
        var client = new OptunaClient(system, url, options, ownsSystem);
        var connected = new TaskCompletionSource<Sessions.Welcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        client._connection.Tell(new ConnectionMessages.AwaitConnected(connected));
        try
        {
            client.Lease = (await connected.Task.WaitAsync(options.ConnectTimeout, cancellationToken).ConfigureAwait(false)).Lease;
            return client;
        }
        catch (Exception e)
        {
            await client.DisposeAsync().ConfigureAwait(false);
            // Remoting ends the whole actor system when it will not have a coordinator's certificate.
            if (e is not (TimeoutException or CoordinatorUnreachableException))
                throw;
            throw new CoordinatorUnreachableException(identity?.LastFault is { } fault
                ? $"No coordinator answered at {url} that this client believes: {fault}."
                : $"No coordinator answered at {url} within {options.ConnectTimeout.TotalSeconds:0} s.", e);
        }
    }

    /// <summary>Makes a study that lives on the cluster.</summary>
    /// <param name="studyName">Null: a name nobody else has.</param>
    /// <param name="directions">One per objective; null: one, minimised.</param>
    /// <param name="sampler">Null: what the coordinators are configured to take; out of the box TPE.</param>
    /// <param name="pruner">Null: likewise; out of the box the median pruner.</param>
    /// <param name="seed">Null: another one for every study.</param>
    /// <param name="retry">What becomes of a trial whose worker was lost; a number is a limit alone. Null: it is given out again <see cref="DefaultRetryLimit"/> times.</param>
    /// <param name="loadIfExists">Answer a study of that name, as it is, instead of refusing.</param>
    /// <param name="stopWhen">A terminator by name that stops the study, on the cluster, once it is not worth going on; null for none.</param>
    /// <exception cref="DuplicatedStudyException">The name is taken.</exception>
    /// <exception cref="ArgumentException">A name or option is not acceptable.</exception>
    public async Task<Study> CreateStudyAsync(
        string? studyName = null, IReadOnlyList<StudyDirection>? directions = null, ComponentSpec? sampler = null,
        ComponentSpec? pruner = null, ulong? seed = null, RetryPolicy? retry = null, bool loadIfExists = false,
        CancellationToken cancellationToken = default, ComponentSpec? stopWhen = null)
    {
        var spec = new StudyCommands.CreateStudy(
            studyName ?? $"no-name-{Guid.NewGuid():D}", [.. directions ?? [StudyDirection.Minimize]],
            sampler ?? ComponentSpec.Default, pruner ?? ComponentSpec.Default,
            seed ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), retry ?? DefaultRetryLimit, stopWhen);
        var command = new CatalogCommands.CreateStudy(Guid.NewGuid(), spec, loadIfExists);
        var found = (await SendAsync(command, cancellationToken).ConfigureAwait(false)).Expect<CatalogReplies.StudyFound>();
        return await OpenAsync(found.Study, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A lost trial is given out again three times before it counts as failed.</summary>
    public const int DefaultRetryLimit = 3;

    /// <exception cref="StudyNotFoundException">No study of that name.</exception>
    public async Task<Study> LoadStudyAsync(string studyName, CancellationToken cancellationToken = default)
    {
        var found = (await SendAsync(new CatalogCommands.FindStudy(studyName), cancellationToken).ConfigureAwait(false))
            .Expect<CatalogReplies.StudyFound>();
        return await OpenAsync(found.Study, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The names of all studies, in order of number.</summary>
    public async Task<ImmutableArray<string>> GetStudyNamesAsync(CancellationToken cancellationToken = default)
    {
        var all = ImmutableArray.CreateBuilder<string>();
        await foreach (var found in ListAsync(1000, cancellationToken).ConfigureAwait(false))
            all.AddRange(found.Select(s => s.Name));
        return all.DrainToImmutable();
    }

    /// <summary>Every study with its counts, in order of number.</summary>
    public async Task<ImmutableArray<StudySummary>> GetStudiesAsync(CancellationToken cancellationToken = default)
    {
        var all = ImmutableArray.CreateBuilder<StudySummary>();
        await foreach (var page in ListAsync(100, cancellationToken).ConfigureAwait(false))
        {
            var summaries = await Task.WhenAll(page.Select(s => SummaryAsync(s.Study, cancellationToken))).ConfigureAwait(false);
            all.AddRange(summaries.OfType<StudySummary>());
        }

        return all.DrainToImmutable();
    }

    /// <exception cref="StudyNotFoundException">No study of that name.</exception>
    /// <exception cref="DuplicatedStudyException">The new name is taken.</exception>
    public async Task RenameStudyAsync(string studyName, string newName, CancellationToken cancellationToken = default) =>
        (await SendAsync(new CatalogCommands.RenameStudy(studyName, newName), cancellationToken).ConfigureAwait(false))
            .Expect<StudyReplies.Accepted>();

    /// <exception cref="StudyNotFoundException">No study of that name.</exception>
    public async Task DeleteStudyAsync(string studyName, CancellationToken cancellationToken = default) =>
        (await SendAsync(new CatalogCommands.DeleteStudy(studyName), cancellationToken).ConfigureAwait(false))
            .Expect<StudyReplies.Accepted>();

    /// <summary>A coordinator hands its studies over to the others and takes no more, until <see cref="ResumeNodeAsync"/>; clients may still talk to it.</summary>
    /// <remarks>As durable as the studies. They move within some ten seconds, and no request fails.</remarks>
    /// <param name="node">HOST:PORT, as it was started.</param>
    /// <exception cref="ArgumentException">No such coordinator is up, or no other one would be left to host studies.</exception>
    public async Task DrainNodeAsync(string node, CancellationToken cancellationToken = default) =>
        (await SendAsync(new CatalogCommands.DrainNode(node, Drained: true), cancellationToken).ConfigureAwait(false)).Expect<StudyReplies.Accepted>();

    /// <summary>A drained coordinator hosts studies again.</summary>
    /// <param name="node">HOST:PORT; one that was not drained is no error.</param>
    public async Task ResumeNodeAsync(string node, CancellationToken cancellationToken = default) =>
        (await SendAsync(new CatalogCommands.DrainNode(node, Drained: false), cancellationToken).ConfigureAwait(false)).Expect<StudyReplies.Accepted>();

    /// <summary>HOST:PORT of the coordinators that were drained.</summary>
    public async Task<ImmutableArray<string>> GetDrainedNodesAsync(CancellationToken cancellationToken = default) =>
        (await SendAsync(new CatalogCommands.ListDrainedNodes(), cancellationToken).ConfigureAwait(false)).Expect<CatalogReplies.DrainedNodes>().Nodes;

    /// <summary>The coordinators, as the one this client talks to sees them.</summary>
    public async Task<ClusterReplies.Nodes> GetClusterAsync(CancellationToken cancellationToken = default) =>
        (await SendAsync(n => new ClusterRequest(n), cancellationToken).ConfigureAwait(false)).Expect<ClusterReplies.Nodes>();

    /// <summary>A new study with the directions, settings, attributes and trials of another, as they are now.</summary>
    /// <remarks>Trials that run or wait are copied as they stand, as Optuna does; nobody holds the copies.</remarks>
    /// <exception cref="DuplicatedStudyException">The new name is taken.</exception>
    public async Task<Study> CopyStudyAsync(string fromStudyName, string? toStudyName = null, CancellationToken cancellationToken = default)
    {
        var from = await LoadStudyAsync(fromStudyName, cancellationToken).ConfigureAwait(false);
        var source = await from.GetSummaryAsync(cancellationToken).ConfigureAwait(false);
        var to = await CreateStudyAsync(
            toStudyName ?? $"no-name-{Guid.NewGuid():D}", source.Directions, source.Sampler, source.Pruner, source.Seed, source.Retry,
            loadIfExists: false, cancellationToken, source.StopWhen).ConfigureAwait(false);
        var backend = new ClusterStudy(this, to.Id);
        foreach (var (kind, attrs) in new[] { (Trials.AttrKind.User, source.UserAttrs), (Trials.AttrKind.System, source.SystemAttrs) })
        {
            foreach (var (key, json) in attrs)
                (await backend.SendAsync(new StudyCommands.SetStudyAttr(kind, key, json), cancellationToken).ConfigureAwait(false)).Expect<StudyReplies.Accepted>();
        }

        foreach (var trial in await from.GetTrialsAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            (await backend.SendAsync(new StudyCommands.AddTrial(Guid.NewGuid(), trial), cancellationToken).ConfigureAwait(false))
                .Expect<StudyReplies.TrialAdded>();
        }

        return to;
    }

    public async ValueTask DisposeAsync()
    {
        if (_ownsSystem)
            await _system.Terminate().ConfigureAwait(false);
        else
            await _connection.GracefulStop(TimeSpan.FromSeconds(2)).ConfigureAwait(false);
    }

    internal IStudyBackend Backend(StudyId study) => new ClusterStudy(this, study);

    internal Task<IStudyReply> SendAsync(ICatalogCommand command, CancellationToken cancellationToken) =>
        SendAsync(n => new CatalogRequest(n, command), cancellationToken);

    internal Task<IStudyReply> SendAsync(Func<long, IWireMessage> message, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<IStudyReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        _connection.Tell(new ConnectionMessages.Send(message, answer, _options.RequestTimeout));
        return cancellationToken.CanBeCanceled ? CancellableAsync(answer, cancellationToken) : answer.Task;
    }

    // Cancelled on the source itself: the connection sees it, stops asking, and holds no trial nobody waits for.
    private static async Task<IStudyReply> CancellableAsync(TaskCompletionSource<IStudyReply> answer, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken)).ConfigureAwait(false);
        return await answer.Task.ConfigureAwait(false);
    }

    private async IAsyncEnumerable<ImmutableArray<CatalogReplies.StudyFound>> ListAsync(
        int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var (after, more) = (0, true); more;)
        {
            var page = (await SendAsync(new CatalogCommands.ListStudies(after, pageSize), cancellationToken).ConfigureAwait(false))
                .Expect<CatalogReplies.Studies>();
            yield return page.Page;
            (after, more) = (page.Page.IsEmpty ? 0 : page.Page[^1].Study.Value, page.More);
        }
    }

    private async Task<Study> OpenAsync(StudyId id, CancellationToken cancellationToken)
    {
        var backend = new ClusterStudy(this, id);
        var summary = (await backend.QueryAsync(new StudyQueries.GetSummary(), cancellationToken).ConfigureAwait(false))
            .Expect<StudyReplies.Summary>();
        return new Study(backend, summary.Study);
    }

    private async Task<StudySummary?> SummaryAsync(StudyId id, CancellationToken cancellationToken) =>
        (await new ClusterStudy(this, id).QueryAsync(new StudyQueries.GetSummary(), cancellationToken).ConfigureAwait(false))
            is StudyReplies.Summary summary ? summary.Study : null;
}
