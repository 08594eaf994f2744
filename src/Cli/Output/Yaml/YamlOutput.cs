using System.Globalization;
using System.Text;

namespace Optuna.Cli.Output.Yaml;

/// <summary>Text under way: knows its column, breaks long scalars at blanks.</summary>
internal sealed class YamlOutput
{
    private const int BestWidth = 80;

    private readonly StringBuilder _text = new();
    private int _column;
    private bool _afterSpace = true;

    /// <summary>Blanks before a new line's first character.</summary>
    public int Indent { get; set; }

    /// <summary>Nothing but indentation and indicators stands on the line so far.</summary>
    public bool AtIndent { get; private set; } = true;

    public void Indicator(string indicator, bool spaceBefore, bool indents = false)
    {
        Put(_afterSpace || !spaceBefore ? indicator : " " + indicator);
        _afterSpace = false;
        AtIndent &= indents;
    }

    /// <summary>To the indent, on this line if nothing stands there yet.</summary>
    public void ToIndent()
    {
        if (!AtIndent || _column > Indent || (_column == Indent && !_afterSpace))
            LineBreak();
        if (_column >= Indent)
            return;
        _afterSpace = true;
        Put(new string(' ', Indent - _column));
    }

    /// <param name="mayBreak">Not in a key.</param>
    public void Plain(string text, bool mayBreak)
    {
        if (!_afterSpace)
            Put(" ");
        _afterSpace = AtIndent = false;
        foreach (var (start, end) in Runs(text))
        {
            if (mayBreak && IsLoneSpace(text, start, end) && _column > BestWidth)
            {
                ToIndent();
                _afterSpace = AtIndent = false;
            }
            else
            {
                Put(text[start..end]);
            }
        }
    }

    /// <inheritdoc cref="Plain"/>
    public void SingleQuoted(string text, bool mayBreak)
    {
        Indicator("'", spaceBefore: true);
        foreach (var (start, end) in Runs(text))
        {
            if (text[start] == '\n')
            {
                // One break more than there are: a single one would read back as a blank.
                LineBreak();
                for (var i = start; i < end; i++)
                    LineBreak();
                ToIndent();
            }
            else if (mayBreak && start > 0 && end < text.Length && IsLoneSpace(text, start, end) && _column > BestWidth)
            {
                ToIndent();
            }
            else
            {
                Put(text[start..end].Replace("'", "''", StringComparison.Ordinal));
            }
        }

        Indicator("'", spaceBefore: false);
    }

    /// <inheritdoc cref="Plain"/>
    public void DoubleQuoted(string text, bool mayBreak)
    {
        Indicator("\"", spaceBefore: true);
        var points = CodePoints.Of(text);
        // Not yet written is what stands from here to the present position.
        var start = 0;
        for (var end = 0; end <= points.Length; end++)
        {
            var c = end < points.Length ? points[end] : -1;
            if (c is < ' ' or > '~' or '"' or '\\')
            {
                PutAscii(points, start, end);
                start = end;
                if (c >= 0)
                {
                    Put(Escape(c));
                    start = end + 1;
                }
            }

            if (!mayBreak || end == 0 || end >= points.Length - 1 || (c != ' ' && start < end) || _column + end - start <= BestWidth)
                continue;
            PutAscii(points, start, end);
            start = Math.Max(start, end);
            Put("\\");
            ToIndent();
            _afterSpace = AtIndent = false;
            // A blank at the beginning of a line would be taken for indentation.
            if (points[start] == ' ')
                Put("\\");
        }

        Indicator("\"", spaceBefore: false);
    }

    public override string ToString() => _text.ToString();

    // Stretches of equal kind: blanks, line breaks, all else.
    private static IEnumerable<(int Start, int End)> Runs(string text)
    {
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = start + 1;
            while (end < text.Length && Kind(text[end]) == Kind(text[start]))
                end++;
            yield return (start, end);
        }
    }

    private static int Kind(char c) => c switch { ' ' => 1, '\n' => 2, _ => 0 };

    private static bool IsLoneSpace(string text, int start, int end) => end == start + 1 && text[start] == ' ';

    private static string Escape(int c) => c switch
    {
        0 => "\\0",
        0x07 => "\\a",
        0x08 => "\\b",
        0x09 => "\\t",
        0x0A => "\\n",
        0x0B => "\\v",
        0x0C => "\\f",
        0x0D => "\\r",
        0x1B => "\\e",
        '"' => "\\\"",
        '\\' => "\\\\",
        0x85 => "\\N",
        0xA0 => "\\_",
        0x2028 => "\\L",
        0x2029 => "\\P",
        <= 0xFF => string.Create(CultureInfo.InvariantCulture, $"\\x{c:X2}"),
        <= 0xFFFF => string.Create(CultureInfo.InvariantCulture, $"\\u{c:X4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\U{c:X8}"),
    };

    private void PutAscii(int[] points, int start, int end)
    {
        for (var i = start; i < end; i++)
            _text.Append((char)points[i]);
        _column += Math.Max(0, end - start);
    }

    private void Put(string text)
    {
        _text.Append(text);
        _column += text.Length;
    }

    private void LineBreak()
    {
        _text.Append('\n');
        (_column, _afterSpace, AtIndent) = (0, true, true);
    }
}
