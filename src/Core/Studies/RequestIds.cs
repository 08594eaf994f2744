using System.Buffers.Binary;

namespace Optuna.Studies;

/// <summary>Ids for the requests of one asker, none twice: a random beginning, counted up from, because true chance costs more than a whole ask.</summary>
internal sealed class RequestIds
{
    private readonly byte[] _first = Guid.NewGuid().ToByteArray();
    private long _count;

    public Guid Next()
    {
        Span<byte> id = stackalloc byte[16];
        _first.CopyTo(id);
        var low = id[8..];
        BinaryPrimitives.WriteInt64LittleEndian(low, BinaryPrimitives.ReadInt64LittleEndian(low) + Interlocked.Increment(ref _count));
        return new Guid(id);
    }
}
