using System.Globalization;
using Optuna.Cluster.Protocol;

namespace Optuna.Cluster.Client;

/// <summary>Where a coordinator is: <c>optuna://HOST:PORT</c>, or several as <c>optuna://HOST:PORT,HOST:PORT</c>; with TLS <c>optuna+tls://…</c>.</summary>
public sealed record OptunaUrl(IReadOnlyList<CoordinatorAddress> Coordinators, bool Tls = false)
{
    public const string Scheme = "optuna://";

    public const string TlsScheme = "optuna+tls://";

    /// <summary>Whether a text is meant as a coordinator's address, be it a good one or not.</summary>
    public static bool IsMeant(string text) => SchemeOf(text) is not null;

    /// <exception cref="ArgumentException">Not of this form.</exception>
    public static OptunaUrl Parse(string text)
    {
        var scheme = SchemeOf(text)
            ?? throw new ArgumentException($"'{text}' is not a coordinator's address: optuna://HOST:PORT or optuna+tls://HOST:PORT is expected.");
        var addresses = text[scheme.Length..].TrimEnd('/').Split(',');
        return new OptunaUrl([.. addresses.Select(CoordinatorAddress.Parse)], scheme == TlsScheme);
    }

    public override string ToString() => (Tls ? TlsScheme : Scheme) + string.Join(",", Coordinators);

    private static string? SchemeOf(string text) => Array.Find([Scheme, TlsScheme], s => text.StartsWith(s, StringComparison.Ordinal));
}

/// <summary>Host and remoting port of a coordinator.</summary>
public sealed record CoordinatorAddress(string Host, int Port)
{
    /// <summary>HOST:PORT, or HOST for the default port.</summary>
    /// <exception cref="ArgumentException">No host, or a port outside 1 to 65535.</exception>
    public static CoordinatorAddress Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? text : text[..colon];
        if (host.Length == 0 || Uri.CheckHostName(host) == UriHostNameType.Unknown)
            throw new ArgumentException($"'{text}' is not a coordinator's address: HOST:PORT is expected.");
        if (colon < 0)
            return new CoordinatorAddress(Normalize(host), OptunaSystem.DefaultPort);
        if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            throw new ArgumentException($"'{text}' is not a coordinator's address: the port must be a number from 1 to 65535.");
        return new CoordinatorAddress(Normalize(host), port);
    }

    public override string ToString() => $"{Host}:{Port}";

    // A coordinator answers only to the address it was started with, and that is 127.0.0.1 unless told otherwise.
    private static string Normalize(string host) => host == "localhost" ? "127.0.0.1" : host;
}
