using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Optuna.Worker.Hosting;

/// <summary>A worker's health over HTTP, without a web server: <c>/health/live</c> while the process runs, <c>/health/ready</c> while it is connected.</summary>
public sealed class HealthPort : IAsyncDisposable
{
    private const int LongestRequest = 4096;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TcpListener _listener;
    private readonly Func<bool> _isReady;
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _places = new(16);
    private readonly Task _serving;

    /// <exception cref="ArgumentException">It cannot listen there.</exception>
    public HealthPort(IPEndPoint at, Func<bool> isReady)
    {
        (_listener, _isReady) = (new TcpListener(at), isReady);
        try
        {
            _listener.Start();
        }
        catch (SocketException e)
        {
            throw new ArgumentException($"Health cannot be served at {at} (--http): {e.Message}", e);
        }

        _serving = ServeAsync();
    }

    /// <summary>HOST:PORT.</summary>
    public string Address => $"{_listener.LocalEndpoint}";

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            await _places.WaitAsync(_end.Token).ConfigureAwait(false);
            try
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_end.Token).ConfigureAwait(false));
            }
            catch (SocketException)
            {
                _places.Release();
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            limit.CancelAfter(Patience);
            using (client)
            {
                var stream = client.GetStream();
                var reply = Reply(await ReadAsync(stream, limit.Token).ConfigureAwait(false));
                await stream.WriteAsync(Encoding.ASCII.GetBytes(reply), limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // Whoever asked has gone, or never finished asking.
        }
        finally
        {
            _places.Release();
        }
    }

    // The head of the request and no more of it: there is nothing to send here.
    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancel)
    {
        var (buffer, length) = (new byte[LongestRequest], 0);
        while (length < buffer.Length && buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancel).ConfigureAwait(false);
            if (read == 0)
                break;
            length += read;
        }

        return Encoding.ASCII.GetString(buffer, 0, length);
    }

    private string Reply(string request)
    {
        var line = request.Split("\r\n")[0].Split(' ');
        var (status, ok) = line switch
        {
            ["GET", "/health/live", _] => ("200 OK", true),
            ["GET", "/health/ready", _] => _isReady() ? ("200 OK", true) : ("503 Service Unavailable", false),
            ["GET", _, _] => ("404 Not Found", false),
            _ => ("400 Bad Request", false),
        };
        var body = ok ? "{\"ok\":true}" : "{\"ok\":false}";
        return $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n{body}";
    }
}
