using System.Net;
using System.Net.Sockets;

namespace Optuna.Coordinator.Hosting;

/// <summary>Whether a coordinator can listen where it is told to.</summary>
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
}
