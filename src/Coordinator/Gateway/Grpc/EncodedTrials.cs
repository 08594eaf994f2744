using System.Buffers;
using Google.Protobuf;
using Grpc.Core;
using W = Optuna.Coordinator.Gateway.Grpc.Wire;

namespace Optuna.Coordinator.Gateway.Grpc;

/// <summary>A reply of <c>GetTrials</c> in pieces that are encoded already: one trial each, with its tag and length.</summary>
internal sealed class EncodedTrials(IReadOnlyList<byte[]> trials)
{
    public static readonly Marshaller<EncodedTrials> Marshaller = Marshallers.Create<EncodedTrials>(
        static (reply, context) => reply.WriteTo(context), static _ => throw new NotSupportedException("Only servers write this reply."));

    public static byte[] Encode(W.Trial trial) => new W.TrialsReply { Trials = { trial } }.ToByteArray();

    // Straight into the connection's pooled buffers: the reply is never there as a whole.
    private void WriteTo(SerializationContext context)
    {
        var length = 0L;
        foreach (var trial in trials)
            length += trial.Length;
        if (length > int.MaxValue)
            throw StorageErrors.Of(StatusCode.ResourceExhausted, $"The trials of this reply take {length} bytes; a message cannot have more than {int.MaxValue}.");
        context.SetPayloadLength((int)length);
        var to = context.GetBufferWriter();
        foreach (var trial in trials)
            to.Write(trial);
        context.Complete();
    }
}
