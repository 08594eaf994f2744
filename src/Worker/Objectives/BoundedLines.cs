using System.Text;

namespace Optuna.Worker.Objectives;

/// <summary>Lines of UTF-8 from a stream, in memory that does not grow with what a program writes.</summary>
/// <param name="longest">Bytes of a line without its end.</param>
/// <param name="cutLong">Longer lines are cut; otherwise they are refused.</param>
/// <param name="endAtReturn">A lone carriage return ends a line too, as progress bars use it.</param>
internal sealed class BoundedLines(Stream stream, int longest, bool cutLong, bool endAtReturn)
{
    private byte[] _buffer = new byte[Math.Min(4096, longest + 1)];
    private int _start;
    private int _scanned;
    private int _end;
    private bool _skipToEnd;
    private bool _afterReturn;

    /// <returns>Null at the end of the stream; a last line needs no end.</returns>
    /// <exception cref="ExecFailedException">A line is too long.</exception>
    public async ValueTask<string?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            while (_scanned < _end)
            {
                if (TakeLine() is { } line)
                    return line;
            }

            if (_skipToEnd)
                _start = _end;
            if (_end - _start > longest)
            {
                if (!cutLong)
                    throw new ExecFailedException($"The program printed a line of more than {longest} bytes: {ExecText.Short(Text(_start, Math.Min(_end, _start + 600)))}");
                var cut = Text(_start, _start + longest);
                (_start, _skipToEnd) = (_end, true);
                return cut;
            }

            MakeRoom();
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return TakeRest();
            _end += read;
        }
    }

    private string? TakeLine()
    {
        var b = _buffer[_scanned];
        if (_afterReturn)
        {
            _afterReturn = false;
            if (b == '\n')
            {
                _start = ++_scanned;
                return null;
            }
        }

        var at = _scanned++;
        if (b != '\n' && !(endAtReturn && b == '\r'))
            return null;
        _afterReturn = b == '\r';
        var line = _skipToEnd ? null : Text(_start, at);
        (_start, _skipToEnd) = (_scanned, false);
        return line;
    }

    private string? TakeRest()
    {
        var rest = _start < _end ? Text(_start, _end) : null;
        _start = _scanned = _end;
        return rest;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_scanned, _end, _start) = (_scanned - _start, _end - _start, 0);
        }

        // One byte more than a line may have: with the buffer full and no end in it, the line is too long.
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, longest + 1));
    }

    private string Text(int from, int to) =>
        Encoding.UTF8.GetString(_buffer.AsSpan(from, to - from)).TrimEnd('\r');
}
