using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace Optuna.Cluster.Serialization;

/// <summary>Takes the place of one of Akka's serializers that make any type a peer names, and refuses both directions.</summary>
/// <remarks>
/// It keeps the number of the one it replaces, so bytes with that number end here and not at "no such serializer". A string manifest
/// keeps Akka from loading the type a peer names. Akka drops a message on <see cref="SerializationException"/> and keeps the
/// association; on other exceptions it would cut it.
/// </remarks>
internal abstract class RefusingSerializer(ExtendedActorSystem system, int identifier, string what) : SerializerWithStringManifest(system)
{
    public override int Identifier => identifier;

    // Akka asks for the manifest after the bytes, when it was refused already; some of its logs ask first.
    public override string Manifest(object o) => "";

    public override byte[] ToBinary(object obj) => throw new SerializationException(
        $"{obj.GetType()} is not sent or stored: {what} is switched off. Give it a manifest in the serializer table, or keep it within the node.");

    public override object FromBinary(byte[] bytes, string manifest) => throw new SerializationException(
        $"Bytes of serializer {identifier} (manifest '{manifest}') are not read: {what} is switched off.");
}

/// <summary>In place of Newtonsoft JSON with type names, Akka's choice for everything that has no serializer of its own.</summary>
internal sealed class RefusedJson : RefusingSerializer
{
    // Akka has settings for this serializer and passes them on.
    public RefusedJson(ExtendedActorSystem system, Config settings) : base(system, 1, "JSON of arbitrary types") => _ = settings;

    public RefusedJson(ExtendedActorSystem system) : this(system, Config.Empty) { }
}

/// <summary>In place of bare protobuf messages, found by type name. Ours are inside messages with a manifest.</summary>
internal sealed class RefusedProtobuf(ExtendedActorSystem system) : RefusingSerializer(system, 2, "protobuf of arbitrary types");

/// <summary>In place of the order to start an actor that a peer names.</summary>
internal sealed class RefusedRemoteDeployment(ExtendedActorSystem system) : RefusingSerializer(system, 3, "remote deployment");
