using System.Net;
using System.Net.Sockets;
using Optuna.Pbm.Wire;

namespace Optuna.Cluster.Pbm.Host;

/// <summary>Where a node's command host listens, as the command line says it.</summary>
/// <param name="Spare">How many ports after this one may be taken instead, when others on this machine were first; after them any. 0: this one or none.</param>
public sealed record CommandEndpoint(IPAddress Address, int Port, int Spare = 0)
{
    /// <summary>The first free port from 9110 on, on loopback: several nodes of one machine come to lie side by side.</summary>
    public static readonly CommandEndpoint Default = new(IPAddress.Loopback, PbmProtocol.DefaultPort, Spare: 19);

    /// <summary>For nodes that others of the machine must not disturb: any free port.</summary>
    public static readonly CommandEndpoint Any = new(IPAddress.Loopback, 0);

    /// <summary>Nowhere.</summary>
    public static readonly CommandEndpoint None = new(IPAddress.None, 0);

    /// <summary>Null for <see cref="None"/>.</summary>
    public CommandEndpoint? OrNull => this == None ? null : this;

    /// <param name="text"><c>PORT</c> (on loopback; 0 for any), <c>HOST:PORT</c>, or <c>none</c>.</param>
    /// <exception cref="ArgumentException">It is none of these, or the host is unknown.</exception>
    public static CommandEndpoint Parse(string text)
    {
        if (text == "none")
            return None;
        var colon = text.LastIndexOf(':');
        if (!ushort.TryParse(text.AsSpan(colon + 1), out var port))
            throw new ArgumentException($"[HOST:]PORT or none is expected (it is '{text}').");
        return new CommandEndpoint(colon < 0 ? IPAddress.Loopback : Resolve(text[..colon].Trim('[', ']')), port);
    }

    /// <summary>A socket that listens here.</summary>
    /// <exception cref="ArgumentException">The port is taken and none may stand in for it, or the address is not this machine's.</exception>
    internal Socket Listen()
    {
        for (var tries = 0; ; tries++)
        {
            var port = Spare > 0 && tries > Spare ? 0 : Port + tries;
            var socket = new Socket(Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(Address, port));
                socket.Listen(16);
                return socket;
            }
            catch (SocketException e)
            {
                socket.Dispose();
                if (e.SocketErrorCode != SocketError.AddressAlreadyInUse || Spare == 0 || port == 0)
                    throw new ArgumentException($"The command host cannot listen at {this} (--pbm): {e.Message}", e);
            }
        }
    }

    public override string ToString() => $"{new IPEndPoint(Address, Port)}";

    private static IPAddress Resolve(string host)
    {
        try
        {
            return IPAddress.TryParse(host, out var address) ? address
                : Dns.GetHostAddresses(host).OrderBy(a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).First();
        }
        catch (SocketException e)
        {
            throw new ArgumentException($"the host '{host}' is unknown: {e.Message}", e);
        }
    }
}
