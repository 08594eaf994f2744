using System.Buffers.Binary;
using System.Text;

namespace Optuna.Pbm.Wire;

/// <param name="Body">Its form is said by the kind.</param>
internal readonly record struct Frame(FrameKind Kind, ReadOnlyMemory<byte> Body)
{
    public string Text => Encoding.UTF8.GetString(Body.Span);
}

/// <summary>Frames on a stream: four bytes of length (big-endian), one byte of kind, then the body. The length counts kind and body.</summary>
/// <param name="maxRead">Longest frame that is read. What is announced longer is refused before a byte of it is kept.</param>
/// <param name="patience">How long a frame that has begun may take to come, and a frame to go.</param>
internal sealed class FrameStream(Stream stream, int maxRead, TimeSpan patience)
{
    private const int Header = 5;

    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>The next frame, however long it takes to begin; null when the other side has closed the line between two frames.</summary>
    /// <exception cref="PbmWireException">Bytes that are no frame, a frame too long or too slow, or a line that closed within one.</exception>
    /// <exception cref="IOException">The line broke.</exception>
    public async Task<Frame?> ReadAsync(CancellationToken cancel)
    {
        var header = new byte[Header];
        if (await stream.ReadAsync(header.AsMemory(0, 1), cancel).ConfigureAwait(false) == 0)
            return null;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(patience);
        try
        {
            await stream.ReadExactlyAsync(header.AsMemory(1), deadline.Token).ConfigureAwait(false);
            var length = BinaryPrimitives.ReadUInt32BigEndian(header);
            if (length == 0 || length > maxRead)
                throw new PbmWireException($"A frame of {length} bytes is announced; from 1 to {maxRead} are taken. Is this a pbm of another version, or another protocol?");
            var kind = (FrameKind)header[^1];
            if (!Enum.IsDefined(kind))
                throw new PbmWireException($"There is no kind {header[^1]} of frame.");
            var body = new byte[length - 1];
            await stream.ReadExactlyAsync(body, deadline.Token).ConfigureAwait(false);
            return new Frame(kind, body);
        }
        catch (EndOfStreamException e)
        {
            throw new PbmWireException("The line was closed within a frame.", e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new PbmWireException($"A frame took longer than {patience.TotalSeconds:0} s to come.", e);
        }
    }

    public Task WriteMessageAsync<T>(FrameKind kind, T message, CancellationToken cancel = default) => WriteAsync(kind, PbmProtocol.Write(message), cancel);

    public Task WriteTextAsync(FrameKind kind, string text, CancellationToken cancel = default) => WriteAsync(kind, Encoding.UTF8.GetBytes(text), cancel);

    /// <summary>Safe for several threads. Ends with the token only while it waits for its turn: half a frame would spoil the line.</summary>
    /// <exception cref="PbmWireException">The other side does not take it.</exception>
    /// <exception cref="IOException">The line broke.</exception>
    public async Task WriteAsync(FrameKind kind, ReadOnlyMemory<byte> body, CancellationToken cancel = default)
    {
        var frame = new byte[Header + body.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)body.Length + 1);
        frame[Header - 1] = (byte)kind;
        body.CopyTo(frame.AsMemory(Header));
        await _writing.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            using var deadline = new CancellationTokenSource(patience);
            await stream.WriteAsync(frame, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            throw new PbmWireException($"The other side has taken nothing for {patience.TotalSeconds:0} s.", e);
        }
        finally
        {
            _writing.Release();
        }
    }
}
