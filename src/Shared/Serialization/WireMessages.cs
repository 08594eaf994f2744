using System.Runtime.Serialization;
using Optuna.Cluster.Protocol;

namespace Optuna.Cluster.Serialization;

/// <summary>Looks at a message before it is sent: the transport only logs what it could not send, and the asker would wait in vain.</summary>
public static class WireMessages
{
    /// <summary>How many bytes the message takes, without the transport's envelope.</summary>
    /// <exception cref="SerializationException">It cannot be sent; the sentence names the field.</exception>
    public static int Size(IWireMessage message) => SerializerTable.Of(message).Size(message);
}
