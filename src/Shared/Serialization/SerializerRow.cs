using System.Runtime.Serialization;
using Google.Protobuf;

namespace Optuna.Cluster.Serialization;

/// <summary>One manifest: the type it stands for, and how its bytes are made and read.</summary>
internal sealed class SerializerRow
{
    private readonly Func<object, IMessage> _write;
    private readonly Func<byte[], object> _read;

    private SerializerRow(string manifest, Type type, Func<object, IMessage> write, Func<byte[], object> read)
    {
        Manifest = manifest;
        Type = type;
        _write = write;
        _read = read;
    }

    public string Manifest { get; }

    public Type Type { get; }

    public static SerializerRow Of<TValue, TWire>(string manifest, MessageParser<TWire> parser, Func<TValue, TWire> write, Func<TWire, TValue> read)
        where TValue : class
        where TWire : class, IMessage<TWire>
    {
        // What a newer writer added is nothing this version could do anything with.
        var known = parser.WithDiscardUnknownFields(true);
        return new(manifest, typeof(TValue), value => write((TValue)value), bytes => read(known.ParseFrom(bytes)));
    }

    /// <exception cref="SerializationException">A part of the value has no form on the wire; the sentence names it.</exception>
    public byte[] Write(object value) => _write(value).ToByteArray();

    /// <summary>Bytes that <see cref="Write"/> would make.</summary>
    /// <exception cref="SerializationException">As <see cref="Write"/>.</exception>
    public int Size(object value) => _write(value).CalculateSize();

    /// <exception cref="SerializationException">The bytes are not what this manifest promises.</exception>
    public object Read(byte[] bytes)
    {
        try
        {
            return _read(bytes);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentException)
        {
            throw new SerializationException($"The bytes of '{Manifest}' are malformed. {e.Message}", e);
        }
    }
}
