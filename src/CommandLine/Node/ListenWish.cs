using System.Net;
using System.Net.Sockets;

namespace Optuna.CommandLine;

/// <summary>Where a program's server listens, as the command line says it.</summary>
/// <param name="Option">Such as <c>--grpc</c>.</param>
/// <param name="EndPoint">Null: nowhere.</param>
/// <param name="IsWish">Nobody asked for it: when the port is taken (by another coordinator of this machine, say) the node does without.</param>
internal sealed record ListenWish(string Option, IPEndPoint? EndPoint, bool IsWish)
{
    /// <summary>Optuna's own default, on loopback.</summary>
    public static readonly ListenWish Grpc = new("--grpc", new IPEndPoint(IPAddress.Loopback, 13000), IsWish: true);

    /// <summary>A coordinator's health and metrics.</summary>
    public static readonly ListenWish Http = new("--http", new IPEndPoint(IPAddress.Loopback, 8080), IsWish: true);

    /// <summary>A worker's health: nowhere unless asked for.</summary>
    public static readonly ListenWish NoHttp = new("--http", null, IsWish: false);

    /// <param name="text"><c>PORT</c>, <c>HOST:PORT</c> or <c>none</c>.</param>
    /// <exception cref="ArgumentException">It is none of these, or the host is unknown.</exception>
    public ListenWish Parse(string text)
    {
        if (text == "none")
            return this with { EndPoint = null, IsWish = false };
        var colon = text.LastIndexOf(':');
        if (!ushort.TryParse(text[(colon + 1)..], out var port))
            throw new ArgumentException($"{Option} must be [HOST:]PORT or none (it is '{text}').");
        return this with { EndPoint = new IPEndPoint(colon < 0 ? IPAddress.Loopback : Address(text[..colon].Trim('[', ']')), port), IsWish = false };
    }

    private IPAddress Address(string host)
    {
        try
        {
            return IPAddress.TryParse(host, out var address) ? address
                : Dns.GetHostAddresses(host).OrderBy(a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).First();
        }
        catch (SocketException e)
        {
            throw new ArgumentException($"{Option}: the host '{host}' is unknown: {e.Message}", e);
        }
    }
}
