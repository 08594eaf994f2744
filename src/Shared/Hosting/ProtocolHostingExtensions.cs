using Akka.Hosting;
using Optuna.Cluster.Security;
using Optuna.Cluster.Serialization;

namespace Optuna.Cluster.Hosting;

/// <summary>What every node of ours needs, whatever it does.</summary>
public static class ProtocolHostingExtensions
{
    /// <summary>Speaks the protocol: our messages have one serializer, and nothing else is ever deserialised.</summary>
    public static AkkaConfigurationBuilder WithOptunaProtocol(this AkkaConfigurationBuilder builder) =>
        builder.AddHocon(SerializationHocon.Config, HoconAddMode.Prepend);

    /// <summary>Speaks TLS with this certificate, to those of the same authority only. Null: in the clear.</summary>
    public static AkkaConfigurationBuilder WithIdentity(this AkkaConfigurationBuilder builder, TlsIdentity? identity) => identity is null
        ? builder
        : builder.AddHocon(TlsIdentity.Remoting, HoconAddMode.Prepend).AddSetup(identity.ToAkka());
}
