using Google.Protobuf;

namespace Optuna.Tests.Fuzz;

/// <summary>Frames of Akka's remoting as a client sends them, written by hand: a length of four bytes, least first, then protobuf.</summary>
internal static class AkkaFrames
{
    private const int Associate = 1, Heartbeat = 3;

    /// <summary>The first frame: who is calling.</summary>
    public static byte[] Hello(int port, long uid) => Frame(Bytes(o =>
    {
        o.WriteTag(2, WireFormat.WireType.LengthDelimited);
        o.WriteBytes(Message(i =>
        {
            i.WriteTag(1, WireFormat.WireType.Varint);
            i.WriteInt32(Associate);
            i.WriteTag(2, WireFormat.WireType.LengthDelimited);
            i.WriteBytes(Message(h =>
            {
                h.WriteTag(1, WireFormat.WireType.LengthDelimited);
                h.WriteBytes(Message(a =>
                {
                    Text(a, 1, "optuna-client");
                    Text(a, 2, "127.0.0.1");
                    a.WriteTag(3, WireFormat.WireType.Varint);
                    a.WriteUInt32((uint)port);
                    Text(a, 4, "tcp");
                }));
                h.WriteTag(2, WireFormat.WireType.Fixed64);
                h.WriteFixed64((ulong)uid);
            }));
        }));
    }));

    public static byte[] Beat { get; } = Frame(Bytes(o =>
    {
        o.WriteTag(2, WireFormat.WireType.LengthDelimited);
        o.WriteBytes(Message(i =>
        {
            i.WriteTag(1, WireFormat.WireType.Varint);
            i.WriteInt32(Heartbeat);
        }));
    }));

    /// <summary>A message to an actor.</summary>
    public static byte[] Envelope(string recipient, string sender, int serializer, string manifest, byte[] message) => Frame(Bytes(o =>
    {
        o.WriteTag(1, WireFormat.WireType.LengthDelimited);
        o.WriteBytes(Message(container =>
        {
            container.WriteTag(2, WireFormat.WireType.LengthDelimited);
            container.WriteBytes(Message(envelope =>
            {
                Ref(envelope, 1, recipient);
                envelope.WriteTag(2, WireFormat.WireType.LengthDelimited);
                envelope.WriteBytes(Message(payload =>
                {
                    payload.WriteTag(1, WireFormat.WireType.LengthDelimited);
                    payload.WriteBytes(ByteString.CopyFrom(message));
                    payload.WriteTag(2, WireFormat.WireType.Varint);
                    payload.WriteInt32(serializer);
                    payload.WriteTag(3, WireFormat.WireType.LengthDelimited);
                    payload.WriteBytes(ByteString.CopyFromUtf8(manifest));
                }));
                Ref(envelope, 4, sender);
                envelope.WriteTag(5, WireFormat.WireType.Fixed64);
                envelope.WriteFixed64(ulong.MaxValue);
            }));
        }));
    }));

    public static byte[] Frame(byte[] content) => [.. BitConverter.GetBytes(content.Length), .. content];

    private static void Ref(CodedOutputStream to, int field, string path)
    {
        to.WriteTag(field, WireFormat.WireType.LengthDelimited);
        to.WriteBytes(Message(r => Text(r, 1, path)));
    }

    private static void Text(CodedOutputStream to, int field, string text)
    {
        to.WriteTag(field, WireFormat.WireType.LengthDelimited);
        to.WriteString(text);
    }

    private static ByteString Message(Action<CodedOutputStream> write) => ByteString.CopyFrom(Bytes(write));

    private static byte[] Bytes(Action<CodedOutputStream> write)
    {
        using var buffer = new MemoryStream();
        using (var to = new CodedOutputStream(buffer, leaveOpen: true))
            write(to);
        return buffer.ToArray();
    }
}
