using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Optuna.Cluster.Security;
using Optuna.Tests.Nodes;

namespace Optuna.Tests.Tls;

/// <summary>What both ends of every new connection ask of a certificate, and a node of its own at its start.</summary>
public sealed class ExpiredCertificateTests : NodeTest
{
    [Fact]
    public void A_certificate_of_the_authority_that_has_run_out_opens_no_connection_and_starts_no_node()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = DateTimeOffset.UtcNow;
        using var authority = request.CreateSelfSigned(now.AddDays(-10), now.AddDays(10));
        Write("authority.pem", authority.ExportCertificatePem());
        Issue("valid", now.AddDays(5));
        Issue("expired", now.AddDays(-1));

        var identity = TlsIdentity.Load(Settings("valid"));
        Assert.True(identity.Accepts(X509CertificateLoader.LoadCertificateFromFile(PathOf("valid.pem")), null, SslPolicyErrors.None));
        var expired = X509CertificateLoader.LoadCertificateFromFile(PathOf("expired.pem"));
        Assert.False(identity.Accepts(expired, null, SslPolicyErrors.None));
        Assert.Contains("expired", identity.Fault(expired, SslPolicyErrors.None, null));
        Assert.Contains("expired.pem", Assert.Throws<ArgumentException>(() => TlsIdentity.Load(Settings("expired"))).Message);

        void Issue(string name, DateTimeOffset until)
        {
            using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var certificate = new CertificateRequest($"CN={name}", own, HashAlgorithmName.SHA256)
                .Create(authority, now.AddDays(-5), until, RandomNumberGenerator.GetBytes(8));
            Write($"{name}.pem", certificate.ExportCertificatePem());
            Write($"{name}.key", own.ExportPkcs8PrivateKeyPem());
        }
    }

    private TlsSettings Settings(string name) => new(PathOf($"{name}.pem"), PathOf($"{name}.key"), PathOf("authority.pem"), ChecksHostname: false);
}
