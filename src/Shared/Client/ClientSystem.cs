using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Optuna.Cluster.Security;

namespace Optuna.Cluster.Client;

/// <summary>The actor system of a client: with a certificate if its coordinators' address asks for TLS.</summary>
internal static class ClientSystem
{
    /// <exception cref="ArgumentException">The address and the certificate do not go together, or a file of it will not do.</exception>
    public static ActorSystem Create(OptunaUrl url, OptunaClientOptions options)
    {
        var config = ConfigurationFactory.ParseString(options.Hocon).WithFallback(ClientHocon.For(options));
        var identity = TlsIdentity.From(config);
        // Neither is guessed from the other: what should have been secret would go out in the clear.
        if (url.Tls && identity is null)
            throw new ArgumentException($"{url} asks for TLS, but no certificate is given (--tls-certificate, or HOCON optuna.tls).");
        if (!url.Tls && identity is not null)
            throw new ArgumentException($"A certificate is given, but {url} is an address without TLS; with it, it begins with {OptunaUrl.TlsScheme}");
        ActorSystemSetup setup = identity is null
            ? ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config))
            : ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(TlsIdentity.Remoting.WithFallback(config)), identity.ToAkka());
        return ActorSystem.Create("optuna-client", setup);
    }
}
