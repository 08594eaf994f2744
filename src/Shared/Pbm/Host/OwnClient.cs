using Akka.Actor;
using Optuna.Cluster.Client;
using Optuna.Cluster.Protocol;

namespace Optuna.Cluster.Pbm.Host;

/// <summary>A coordinator's line to itself, opened by the first command that wants it: a node that is only starting has none to offer.</summary>
internal sealed class OwnClient(ActorSystem system) : IAsyncDisposable
{
    private static readonly OptunaClientOptions s_options = new() { ConnectTimeout = TimeSpan.FromSeconds(5), RequestTimeout = TimeSpan.FromSeconds(30) };

    private readonly SemaphoreSlim _turn = new(1);
    private OptunaClient? _client;

    /// <exception cref="CoordinatorUnreachableException">It does not serve clients yet.</exception>
    public async Task<OptunaClient> ConnectAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var at = ((ExtendedActorSystem)system).Provider.DefaultAddress;
            var url = new OptunaUrl([new CoordinatorAddress(at.Host!, at.Port!.Value)], at.Protocol == OptunaSystem.AkkaProtocol(tls: true));
            return _client ??= await OptunaClient.ConnectAsync(system, url, s_options, ownsSystem: false, cancel).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
            await _client.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }
}
