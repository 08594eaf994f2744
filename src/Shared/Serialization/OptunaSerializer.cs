using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace Optuna.Cluster.Serialization;

/// <summary>The one serializer of everything ours, on the wire and in journals. Its manifests are words with a version, never type names.</summary>
/// <remarks>Whatever the bytes are, reading ends with a message or a <see cref="SerializationException"/>.</remarks>
public sealed class OptunaSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Stands in every message and journal row; never changes.</summary>
    public const int Id = 4201;

    public override int Identifier => Id;

    public override string Manifest(object o) => SerializerTable.Of(o).Manifest;

    public override byte[] ToBinary(object obj) => SerializerTable.Of(obj).Write(obj);

    public override object FromBinary(byte[] bytes, string manifest) => SerializerTable.Of(manifest).Read(bytes);
}
