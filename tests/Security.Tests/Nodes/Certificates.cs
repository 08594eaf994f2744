using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Optuna.Cluster.Security;

namespace Optuna.Tests.Nodes;

/// <summary>A folder that <c>optuna-ctl dev-certs</c> made.</summary>
public sealed record Certificates(string Folder)
{
    public string[] Of(string name) =>
        ["--tls-certificate", File($"{name}.pem"), "--tls-key", File($"{name}.key"), "--tls-authority", File("authority.pem")];

    /// <summary>Shows a certificate of this authority, but believes another.</summary>
    /// <param name="believed">The other's file.</param>
    public string[] Of(string name, string believed) => ["--tls-certificate", File($"{name}.pem"), "--tls-key", File($"{name}.key"), "--tls-authority", believed];

    /// <summary>For clients of the web doors, which show no certificate.</summary>
    public SocketsHttpHandler Handler()
    {
        var identity = TlsIdentity.Load(new TlsSettings(File("client.pem"), File("client.key"), File("authority.pem"), ChecksHostname: true));
        return new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, chain, errors) => identity.Accepts(certificate as X509Certificate2, chain, errors),
            },
        };
    }

    public string File(string name) => Path.Combine(Folder, name);
}
