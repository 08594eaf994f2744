using System.Net;
using System.Net.Sockets;

namespace Optuna.Coordinator.Hosting;

/// <summary>Where the storage server listens, as the command line says it.</summary>
/// <param name="EndPoint">Null: nowhere.</param>
/// <param name="IsWish">Nobody asked for it: when the port is taken (by another coordinator of this machine, say) the node does without.</param>
internal sealed record GrpcEndpoint(IPEndPoint? EndPoint, bool IsWish)
{
    /// <summary>Optuna's own default, on loopback.</summary>
    public static readonly GrpcEndpoint Default = new(new IPEndPoint(IPAddress.Loopback, 13000), IsWish: true);

    /// <param name="text"><c>PORT</c>, <c>HOST:PORT</c> or <c>none</c>.</param>
    /// <exception cref="ArgumentException">It is none of these, or the host is unknown.</exception>
    public static GrpcEndpoint Parse(string text)
    {
        if (text == "none")
            return new GrpcEndpoint(null, IsWish: false);
        var colon = text.LastIndexOf(':');
        if (!ushort.TryParse(text[(colon + 1)..], out var port))
            throw new ArgumentException($"--grpc must be [HOST:]PORT or none (it is '{text}').");
        return new GrpcEndpoint(new IPEndPoint(colon < 0 ? IPAddress.Loopback : Address(text[..colon].Trim('[', ']')), port), IsWish: false);
    }

    /// <summary>The end point, or null when it was only a wish and somebody else listens there.</summary>
    public IPEndPoint? Settle()
    {
        if (!IsWish || EndPoint is null)
            return EndPoint;
        try
        {
            using var probe = new Socket(EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(EndPoint);
            return EndPoint;
        }
        catch (SocketException)
        {
            Console.Error.WriteLine($"optuna-coordinator: somebody else listens at {EndPoint}; this node serves no Optuna clients (--grpc says where it should).");
            return null;
        }
    }

    private static IPAddress Address(string host)
    {
        try
        {
            return IPAddress.TryParse(host, out var address) ? address
                : Dns.GetHostAddresses(host).OrderBy(a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).First();
        }
        catch (SocketException e)
        {
            throw new ArgumentException($"--grpc: the host '{host}' is unknown: {e.Message}", e);
        }
    }
}
