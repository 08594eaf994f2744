using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Optuna.Cli.Transfer.JournalFile;

/// <summary>One line of a journal.</summary>
/// <param name="Text">Without its end; null when it is not UTF-8.</param>
/// <param name="Next">Where the next line begins.</param>
/// <param name="IsWhole">It ends with a line break, so nobody is still writing it.</param>
internal readonly record struct JournalLine(string? Text, long Next, bool IsWhole);

/// <summary>Lines of a file by the place where they begin. What is written behind the end it had when it was opened is not seen.</summary>
internal sealed class JournalLines : IDisposable
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly SafeFileHandle _file;
    private byte[] _window = new byte[1 << 16];
    private long _start;
    private int _length;

    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    public JournalLines(string path)
    {
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        End = RandomAccess.GetLength(_file);
    }

    public long End { get; private set; }

    /// <summary>Also what was written since.</summary>
    public void SeeMore()
    {
        End = RandomAccess.GetLength(_file);
        _length = 0;
    }

    /// <param name="offset">Where a line begins; before <see cref="End"/>.</param>
    public JournalLine ReadAt(long offset)
    {
        while (true)
        {
            if (offset < _start || offset >= _start + _length)
                Load(offset);
            var seen = _window.AsSpan((int)(offset - _start), (int)(_start + _length - offset));
            var length = seen.IndexOf((byte)'\n');
            if (length >= 0)
                return new JournalLine(Decode(seen[..length]), offset + length + 1, true);
            if (_start + _length >= End)
                return new JournalLine(Decode(seen), End, false);
            if (_start == offset && _length == _window.Length)
                Array.Resize(ref _window, checked(_window.Length * 2));
            Load(offset);
        }
    }

    public void Dispose() => _file.Dispose();

    private void Load(long offset)
    {
        (_start, _length) = (offset, 0);
        var wanted = (int)Math.Min(_window.Length, End - offset);
        while (_length < wanted)
        {
            var read = RandomAccess.Read(_file, _window.AsSpan(_length, wanted - _length), offset + _length);
            if (read == 0)
                throw new TransferRefusedException("The journal became shorter while it was read.");
            _length += read;
        }
    }

    private static string? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return s_strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
