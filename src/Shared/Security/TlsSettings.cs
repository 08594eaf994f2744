using System.Globalization;
using System.Text.Json;
using Akka.Configuration;

namespace Optuna.Cluster.Security;

/// <summary>Which files a node's TLS rests on: HOCON path <c>optuna.tls</c> (<c>hocon/tls.conf</c>).</summary>
/// <param name="Certificate">The node's own: PEM, or PKCS#12 with its key (.pfx, .p12).</param>
/// <param name="Key">PEM with the key of a PEM certificate; null for PKCS#12.</param>
/// <param name="Authority">PEM with the authority whose certificates are let in, and no others. Several during a change of authority.</param>
/// <param name="ChecksHostname">A coordinator's certificate must name the host it is reached by.</param>
public sealed record TlsSettings(string Certificate, string? Key, string Authority, bool ChecksHostname)
{
    /// <summary>The defaults, with comments for people.</summary>
    public static Config Defaults { get; } = ConfigurationFactory.FromResource("hocon/tls.conf", typeof(TlsSettings).Assembly);

    /// <returns>Null when no certificate is configured.</returns>
    /// <exception cref="ArgumentException">Something is missing or no switch; the message names it.</exception>
    public static TlsSettings? From(Config config)
    {
        var tls = config.WithFallback(Defaults).GetConfig("optuna.tls");
        var (certificate, key, authority) = (Text(tls, "certificate"), Text(tls, "key"), Text(tls, "authority"));
        if (certificate is null)
        {
            return key is null && authority is null ? null : throw new ArgumentException(
                "HOCON optuna.tls (--tls-certificate): a key or an authority is given, but no certificate.");
        }

        if (authority is null)
            throw new ArgumentException("HOCON optuna.tls.authority (--tls-authority): say whose certificates are to be let in.");
        return new TlsSettings(certificate, key, authority, Switch(tls, "check-hostname"));
    }

    /// <summary>The same as HOCON, for options of a command line.</summary>
    public static string ToHocon(string? certificate, string? key, string? authority) => string.Concat(
        Line("certificate", certificate), Line("key", key), Line("authority", authority));

    private static string Line(string key, string? value) => string.IsNullOrEmpty(value) ? "" :
        string.Create(CultureInfo.InvariantCulture, $"optuna.tls.{key} = {JsonSerializer.Serialize(Path.GetFullPath(value))}\n");

    private static string? Text(Config tls, string key) => tls.GetString(key) is { Length: > 0 } text ? text : null;

    private static bool Switch(Config tls, string key)
    {
        try
        {
            return tls.GetBoolean(key);
        }
        catch (Exception e) when (e is FormatException or ConfigurationException)
        {
            throw new ArgumentException($"HOCON optuna.tls.{key} must be on or off (it is '{tls.GetString(key)}').", e);
        }
    }
}
