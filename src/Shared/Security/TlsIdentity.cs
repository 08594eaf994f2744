using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote.Transport.DotNetty;

namespace Optuna.Cluster.Security;

/// <summary>Who a node is to others, and whom it believes: its certificate with the key, and the one authority it trusts.</summary>
/// <remarks>The machine's own list of authorities plays no part: a certificate any of those gave to anybody would open the door.</remarks>
public sealed class TlsIdentity
{
    private const string PasswordVariable = "OPTUNA_TLS_PASSWORD";

    private readonly X509Certificate2Collection _authorities;
    private readonly bool _checksHostname;

    private TlsIdentity(X509Certificate2 certificate, X509Certificate2Collection authorities, bool checksHostname) =>
        (Certificate, _authorities, _checksHostname) = (certificate, authorities, checksHostname);

    /// <summary>With its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <inheritdoc cref="Load"/>
    /// <returns>Null when none is configured.</returns>
    public static TlsIdentity? From(Config config) => TlsSettings.From(config) is { } settings ? Load(settings) : null;

    /// <summary>Reads the files; the key's password is <c>OPTUNA_TLS_PASSWORD</c> or in the file <c>OPTUNA_TLS_PASSWORD_FILE</c> names.</summary>
    /// <exception cref="ArgumentException">A file is missing, unreadable or not what it should be, the key does not fit, or the authority did not sign the certificate.</exception>
    public static TlsIdentity Load(TlsSettings settings)
    {
        var authorities = ReadAuthorities(settings.Authority);
        var identity = new TlsIdentity(ReadCertificate(settings), authorities, settings.ChecksHostname);
        if (identity.Fault(identity.Certificate, SslPolicyErrors.None, null) is { } fault)
            throw new ArgumentException($"optuna.tls.certificate: '{settings.Certificate}' would be refused by every other node: {fault}.");
        return identity;
    }

    /// <summary>Why a peer's certificate is not accepted; null when it is.</summary>
    /// <param name="errors">What the handshake found; of these only the name counts, for the authorities it judged by are the machine's.</param>
    /// <param name="sent">Certificates between the peer's and the authority, if the peer sent any.</param>
    public string? Fault(X509Certificate2? certificate, SslPolicyErrors errors, X509Chain? sent)
    {
        if (certificate is null)
            return "no certificate was shown";
        if (_checksHostname && errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return "the certificate is for another host";
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        foreach (var element in sent is null ? [] : sent.ChainElements.AsEnumerable())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(certificate) ? null
            : string.Join(", ", chain.ChainStatus.Select(s => s.StatusInformation.Trim().TrimEnd('.')).Distinct()).ToLowerInvariant();
    }

    /// <summary>For the <c>SslStream</c> of either side.</summary>
    public bool Accepts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        Fault(certificate as X509Certificate2, errors, chain) is null;

    /// <summary>What remoting needs in its configuration besides <see cref="ToAkka"/>.</summary>
    public static Config Remoting { get; } = ConfigurationFactory.ParseString("akka.remote.dot-netty.tcp.enable-ssl = on");

    /// <summary>For Akka's remoting: both sides show a certificate, and both check it.</summary>
    public DotNettySslSetup ToAkka() => new(
        Certificate, suppressValidation: false, requireMutualAuthentication: true, _checksHostname,
        (certificate, chain, peer, errors, log) =>
        {
            if (Fault(certificate, errors, chain) is not { } fault)
                return true;
            log.Warning("The certificate of {0} ({1}) is refused: {2}", peer, certificate?.Subject ?? "none", fault);
            return false;
        });

    private static X509Certificate2 ReadCertificate(TlsSettings settings)
    {
        var password = Secret.FromEnvironment(PasswordVariable);
        try
        {
            if (Path.GetExtension(settings.Certificate).ToLowerInvariant() is ".pfx" or ".p12")
                return WithKey(X509CertificateLoader.LoadPkcs12FromFile(settings.Certificate, password), settings.Certificate);
            var key = settings.Key ?? throw new ArgumentException("HOCON optuna.tls.key (--tls-key): a PEM certificate needs a file with its key.");
            return password is null
                ? X509Certificate2.CreateFromPemFile(settings.Certificate, key)
                : X509Certificate2.CreateFromEncryptedPemFile(settings.Certificate, password, key);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"HOCON optuna.tls: '{settings.Certificate}'{(settings.Key is null ? "" : $" and '{settings.Key}'")} are no certificate with its key: {e.Message}", e);
        }
    }

    private static X509Certificate2 WithKey(X509Certificate2 certificate, string file) =>
        certificate.HasPrivateKey ? certificate : throw new ArgumentException($"HOCON optuna.tls.certificate: '{file}' holds no key.");

    private static X509Certificate2Collection ReadAuthorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"HOCON optuna.tls.authority: '{file}' cannot be read as PEM: {e.Message}", e);
        }

        return authorities.Count > 0 ? authorities : throw new ArgumentException($"HOCON optuna.tls.authority: '{file}' holds no certificate.");
    }
}
