using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Optuna.Coordinator.Hosting;

/// <summary>Where a coordinator listens, and whether it can.</summary>
internal static class ListenAddress
{
    /// <summary>Tries it before anything is started or written: remoting would fail deep inside, with a page of text.</summary>
    /// <exception cref="ArgumentException">The host is not this machine's or unknown, or the port is taken or not allowed.</exception>
    public static void Check(string hostname, int port)
    {
        try
        {
            var addresses = Dns.GetHostAddresses(hostname);
            var address = addresses.FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork) ?? addresses.First();
            using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(address, port));
            probe.Listen();
        }
        catch (SocketException e)
        {
            throw new ArgumentException($"A coordinator cannot listen at {hostname}:{port} (--hostname, --port): {e.Message}.", e);
        }
    }

    /// <summary>Whether a host, as people write it, is this machine to itself and nobody else.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Opens a server of this node.</summary>
    /// <param name="option">The option that says where, for messages.</param>
    /// <param name="at">Null: there shall be none.</param>
    /// <param name="ifFree">Nobody asked for this place: if it is taken, the node does without.</param>
    /// <param name="open">Throws <see cref="IOException"/> when it cannot listen there.</param>
    /// <exception cref="ArgumentException">It cannot listen there.</exception>
    public static async Task<T?> OpenAsync<T>(string option, IPEndPoint? at, bool ifFree, ILoggerFactory logs, Func<IPEndPoint, Task<T>> open)
        where T : class
    {
        if (at is null)
            return null;
        try
        {
            return await open(at).ConfigureAwait(false);
        }
        // Only trying tells: of two nodes that start at once both would find the port free.
        catch (IOException e) when (ifFree && e.InnerException is AddressInUseException)
        {
            logs.CreateLogger(typeof(ListenAddress).FullName!).LogWarning(
                "Somebody else listens at {EndPoint}; this node does without ({Option} says where it should listen).", at, option);
            return null;
        }
        catch (IOException e)
        {
            throw new ArgumentException($"A coordinator cannot listen at {at} ({option}): {e.Message}", e);
        }
    }
}
