using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Optuna.Cli.Certificates;

/// <summary>A small certificate authority in a folder: <c>authority.pem</c> for everybody, <c>authority.key</c> for nobody but whoever makes certificates.</summary>
/// <remarks>Keys are ECDSA on P-256; files with keys can be read by their owner only.</remarks>
internal sealed class Authority : IDisposable
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1", ClientAuth = "1.3.6.1.5.5.7.3.2";

    // Clocks differ: who gets a certificate may be behind whoever made it.
    private static readonly TimeSpan s_slack = TimeSpan.FromHours(1);

    private readonly DirectoryInfo _folder;
    private readonly X509Certificate2 _certificate;

    private Authority(DirectoryInfo folder, X509Certificate2 certificate) => (_folder, _certificate) = (folder, certificate);

    /// <summary>The one of the folder; a new one where there is none.</summary>
    /// <exception cref="ArgumentException">The folder cannot be used, or holds half an authority.</exception>
    public static Authority Open(string folder, int days)
    {
        try
        {
            var directory = Directory.CreateDirectory(folder);
            var (pem, key) = (Path.Combine(folder, "authority.pem"), Path.Combine(folder, "authority.key"));
            if (File.Exists(pem) || File.Exists(key))
                return new Authority(directory, X509Certificate2.CreateFromPemFile(pem, key));
            using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=Optuna.Actors authority", pair, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
            var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow - s_slack, DateTimeOffset.UtcNow.AddDays(days));
            WriteSecret(key, pair.ExportPkcs8PrivateKeyPem());
            File.WriteAllText(pem, certificate.ExportCertificatePem() + "\n");
            return new Authority(directory, certificate);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ArgumentException($"--out: {folder} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Makes <c>NAME.pem</c> and <c>NAME.key</c>, good for both sides of a connection.</summary>
    /// <param name="hosts">Names and addresses it is reached by.</param>
    /// <exception cref="ArgumentException">There is one of that name already.</exception>
    public void Issue(string name, IReadOnlyList<string> hosts, int days)
    {
        var (pem, keyFile) = (Path.Combine(_folder.FullName, $"{name}.pem"), Path.Combine(_folder.FullName, $"{name}.key"));
        if (File.Exists(pem) || File.Exists(keyFile))
            throw new ArgumentException($"--for: {pem} is there already; nothing is overwritten.");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuth), new Oid(ClientAuth)], critical: false));
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var end = DateTimeOffset.UtcNow.AddDays(days);
        using var certificate = request.Create(
            _certificate, DateTimeOffset.UtcNow - s_slack, end < _certificate.NotAfter ? end : _certificate.NotAfter, RandomNumberGenerator.GetBytes(16));
        WriteSecret(keyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(pem, certificate.ExportCertificatePem() + "\n");
    }

    public void Dispose() => _certificate.Dispose();

    private static void WriteSecret(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.WriteLine(text);
    }
}
