using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Optuna.Testing.Network;

/// <summary>
/// The only way to a coordinator: it advertises this line's port and listens at another. Cut, it swallows what other
/// coordinators say, as a broken switch would; clients get through.
/// </summary>
public sealed class CoordinatorLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<TcpClient> _fromCoordinators = [];
    private readonly Task _accepting;
    private volatile bool _cut;

    private CoordinatorLine(int port)
    {
        _listener.Start();
        _accepting = AcceptAsync(port);
    }

    /// <summary>What the coordinator must advertise: <c>akka.remote.dot-netty.tcp.public-port</c>.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <param name="port">Where the coordinator will listen.</param>
    public static CoordinatorLine To(int port) => new(port);

    public void Cut() => _cut = true;

    public void Mend()
    {
        _cut = false;
        // They have holes now.
        lock (_lock)
        {
            _fromCoordinators.ForEach(c => c.Dispose());
            _fromCoordinators.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync(int port)
    {
        try
        {
            while (true)
                _ = CarryAsync(await _listener.AcceptTcpClientAsync(_stop.Token), port);
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
        }
    }

    private async Task CarryAsync(TcpClient caller, int port)
    {
        using var _ = caller;
        using var callee = new TcpClient();
        try
        {
            var first = new byte[4096];
            var length = await caller.GetStream().ReadAsync(first, _stop.Token);
            // The handshake names the caller's actor system, and a client's has another name.
            var coordinator = !Encoding.Latin1.GetString(first, 0, length).Contains("optuna-client", StringComparison.Ordinal);
            if (coordinator)
            {
                lock (_lock)
                    _fromCoordinators.Add(caller);
            }

            await callee.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
            if (!(coordinator && _cut))
                await callee.GetStream().WriteAsync(first.AsMemory(0, length), _stop.Token);
            await Task.WhenAny(PumpAsync(caller, callee, coordinator), PumpAsync(callee, caller, coordinator));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // Either end has gone.
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, bool coordinator)
    {
        var buffer = new byte[64 * 1024];
        while (await from.GetStream().ReadAsync(buffer, _stop.Token) is var read and > 0)
        {
            if (!(coordinator && _cut))
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }
}
