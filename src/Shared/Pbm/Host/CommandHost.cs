using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Optuna.Cluster.Pbm.Grammar;
using Optuna.Cluster.Security;
using Optuna.Pbm.Wire;

namespace Optuna.Cluster.Pbm.Host;

/// <summary>The door of a node for <c>pbm</c>: takes connections and runs the commands of the node's palettes for them.</summary>
/// <remarks>Nothing that comes in here ends the node: a client that does not speak the protocol, or breaks a limit, loses its connection.</remarks>
internal sealed class CommandHost : IAsyncDisposable
{
    private static readonly TimeSpan LastBytes = TimeSpan.FromSeconds(1);

    private readonly Socket _listener;
    private readonly CommandSession _session;
    private readonly CommandLimits _limits;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Task, byte> _open = [];
    private readonly Task _accepting;
    private int _disposed;

    private CommandHost(Socket listener, CommandSession session, CommandLimits limits)
    {
        (_listener, _session, _limits) = (listener, session, limits);
        Address = $"{(IPEndPoint)listener.LocalEndPoint!}";
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>HOST:PORT where it listens.</summary>
    public string Address { get; }

    /// <param name="node">The node's address, for people.</param>
    /// <exception cref="ArgumentException">It cannot listen there, or others could reach it and nothing is asked of them.</exception>
    public static CommandHost Start(CommandEndpoint endpoint, string node, CommandGrammar grammar, RoleTokens tokens, CommandLimits? limits = null)
    {
        if (!tokens.AreRequired && !IPAddress.IsLoopback(endpoint.Address))
        {
            throw new ArgumentException(
                $"--pbm: the command host listens at {endpoint}, where others than this machine reach it, only when it asks for tokens (OPTUNA_ADMIN_TOKEN, OPTUNA_READ_TOKEN, or HOCON optuna.tokens).");
        }

        limits ??= new CommandLimits();
        return new CommandHost(endpoint.Listen(), new CommandSession(node, grammar, tokens, limits), limits);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await _end.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_open.Keys).ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptAsync(_end.Token).ConfigureAwait(false);
                var serving = ServeAsync(client, full: _open.Count >= _limits.Connections);
                _open.TryAdd(serving, 0);
                _ = serving.ContinueWith(done => _open.TryRemove(done, out _), TaskScheduler.Default);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // Out of handles, say: the next try may do better, and must not take a processor for itself.
                await Task.Delay(TimeSpan.FromMilliseconds(100), _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ServeAsync(Socket client, bool full)
    {
        client.NoDelay = true;
        await using var stream = new NetworkStream(client, ownsSocket: true);
        var frames = new FrameStream(stream, PbmProtocol.MaxRequest, _limits.Frame);
        try
        {
            if (full)
                await CommandSession.RefuseAsync(frames, $"{_limits.Connections} others are connected to this node already.").ConfigureAwait(false);
            else
                await _session.ServeAsync(frames, _end.Token).ConfigureAwait(false);
            await CloseAsync(client, stream).ConfigureAwait(false);
        }
        catch (PbmWireException e)
        {
            await SayAsync(frames, e.Message).ConfigureAwait(false);
            await CloseAsync(client, stream).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client is gone, or this host is about to be.
        }
    }

    private static async Task SayAsync(FrameStream frames, string sentence)
    {
        try
        {
            await CommandSession.RefuseAsync(frames, sentence).ConfigureAwait(false);
        }
        catch (Exception e) when (e is PbmWireException or IOException or ObjectDisposedException)
        {
            // It was worth a try.
        }
    }

    // Bytes that were never read would make the system take the last words back.
    private static async Task CloseAsync(Socket client, NetworkStream stream)
    {
        try
        {
            client.Shutdown(SocketShutdown.Send);
            using var patience = new CancellationTokenSource(LastBytes);
            var rest = new byte[4096];
            while (await stream.ReadAsync(rest, patience.Token).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // It has had its time.
        }
    }
}
