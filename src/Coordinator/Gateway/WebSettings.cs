using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Configuration;
using Optuna.Cluster.Security;

namespace Optuna.Coordinator.Gateway;

/// <summary>What both web doors, gRPC and HTTP, have in common: whom they let in and with what they encrypt.</summary>
/// <param name="Certificate">Null: clear text.</param>
internal sealed record WebSettings(RoleTokens Tokens, X509Certificate2? Certificate)
{
    private const string Off = "off";

    /// <param name="identity">The node's own; its certificate serves the web too unless HOCON <c>optuna.grpc.tls</c> says otherwise.</param>
    /// <exception cref="ArgumentException">A file cannot be read or is not what it should be; the message names it.</exception>
    public static WebSettings From(Config config, TlsIdentity? identity) => new(RoleTokens.From(config), Certificates(config.GetConfig("optuna.grpc.tls"), identity));

    private static X509Certificate2? Certificates(Config tls, TlsIdentity? identity)
    {
        var (certificate, key) = (tls.GetString("certificate"), tls.GetString("key"));
        if (certificate == Off && key.Length == 0)
            return null;
        if (certificate.Length == 0 && key.Length == 0)
            return identity?.Certificate;
        if (certificate.Length == 0 || key.Length == 0)
            throw new ArgumentException("HOCON optuna.grpc.tls needs both 'certificate' and 'key', or neither.");
        foreach (var file in new[] { certificate, key })
        {
            if (!File.Exists(file))
                throw new ArgumentException($"HOCON optuna.grpc.tls: there is no file '{file}'.");
        }

        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception e) when (e is CryptographicException or IOException)
        {
            throw new ArgumentException($"HOCON optuna.grpc.tls: '{certificate}' and '{key}' are no certificate with its key: {e.Message}", e);
        }
    }
}
