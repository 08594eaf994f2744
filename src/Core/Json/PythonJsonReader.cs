using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Optuna.Json;

/// <summary>One pass over a text; refuses exactly what Python's <c>json.loads</c> refuses.</summary>
internal ref struct PythonJsonReader(string text, bool uniqueNames)
{
    // As in Python 3.11 and later: reading takes time quadratic in the digits.
    private const int MaxWholeDigits = 4300;

    private static readonly SearchValues<char> s_endOfPlainText =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\']);

    private int _at;
    private int _depth;

    public object? ReadWhole()
    {
        var value = ReadValue();
        SkipSpace();
        return _at == text.Length ? value : throw Error("unexpected text after the value");
    }

    private object? ReadValue()
    {
        SkipSpace();
        if (_at == text.Length)
            throw Error("a value is expected, but the text ends");
        switch (text[_at])
        {
            case '{': return ReadObject();
            case '[': return ReadArray();
            case '"': return ReadString();
            case 'n' when Take("null"): return null;
            case 't' when Take("true"): return true;
            case 'f' when Take("false"): return false;
            case 'N' when Take("NaN"): return double.NaN;
            case 'I' when Take("Infinity"): return double.PositiveInfinity;
            case '-' when Take("-Infinity"): return double.NegativeInfinity;
            case '-' or (>= '0' and <= '9'): return ReadNumber();
            default: throw Error("a value is expected");
        }
    }

    private void Enter()
    {
        if (_depth == PythonJson.MaxDepth)
            throw Error($"nested more than {PythonJson.MaxDepth} deep");
        _depth++;
        _at++;
    }

    private T Leave<T>(T container)
    {
        _depth--;
        return container;
    }

    private void SkipSpace()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\n' or '\r')
            _at++;
    }

    private Dictionary<string, object?> ReadObject()
    {
        var map = new Dictionary<string, object?>();
        Enter();
        SkipSpace();
        if (Take("}"))
            return Leave(map);
        while (true)
        {
            SkipSpace();
            var start = _at;
            if (_at == text.Length || text[_at] != '"')
                throw Error("a name in double quotes is expected");
            var name = ReadString();
            SkipSpace();
            if (!Take(":"))
                throw Error("':' is expected");
            var value = ReadValue();
            if (!map.TryAdd(name, value))
            {
                if (uniqueNames)
                    throw Error($"the name '{name}' appears twice", start);
                map[name] = value;
            }

            SkipSpace();
            if (Take("}"))
                return Leave(map);
            if (!Take(","))
                throw Error("',' or '}' is expected");
        }
    }

    private List<object?> ReadArray()
    {
        var list = new List<object?>();
        Enter();
        SkipSpace();
        if (Take("]"))
            return Leave(list);
        while (true)
        {
            list.Add(ReadValue());
            SkipSpace();
            if (Take("]"))
                return Leave(list);
            if (!Take(","))
                throw Error("',' or ']' is expected");
        }
    }

    private object ReadNumber()
    {
        var start = _at;
        _ = Take("-");
        if (!Take("0") && !TakeDigits())
            throw Error("a value is expected", start);
        var isWhole = true;
        foreach (var part in (ReadOnlySpan<string>)[".", "e"])
        {
            var before = _at;
            if (Take(part) || (part == "e" && Take("E")))
            {
                if (part == "e" && !Take("+"))
                    _ = Take("-");
                if (TakeDigits())
                    isWhole = false;
                else
                    _at = before;
            }
        }

        var number = text.AsSpan(start, _at - start);
        if (!isWhole)
            return double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole;
        return number.Length - (number[0] == '-' ? 1 : 0) <= MaxWholeDigits
            ? BigInteger.Parse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : throw Error($"a whole number of more than {MaxWholeDigits} digits", start);
    }

    private string ReadString()
    {
        var start = _at++;
        StringBuilder? built = null;
        while (true)
        {
            var rest = text.AsSpan(_at);
            var plain = rest.IndexOfAny(s_endOfPlainText);
            if (plain < 0)
                throw Error("a text without closing quote", start);
            _at += plain;
            switch (text[_at])
            {
                case '"':
                    _at++;
                    return built is null ? rest[..plain].ToString() : built.Append(rest[..plain]).ToString();
                case '\\':
                    (built ??= new StringBuilder()).Append(rest[..plain]).Append(ReadEscape());
                    break;
                default:
                    throw Error("an unescaped control character");
            }
        }
    }

    private char ReadEscape()
    {
        var start = _at++;
        switch (_at < text.Length ? text[_at++] : '\0')
        {
            case '"': return '"';
            case '\\': return '\\';
            case '/': return '/';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when _at + 4 <= text.Length
                && ushort.TryParse(text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            default: throw Error("an unknown escape", start);
        }
    }

    private bool Take(string token)
    {
        if (string.CompareOrdinal(text, _at, token, 0, token.Length) != 0)
            return false;
        _at += token.Length;
        return true;
    }

    private bool TakeDigits()
    {
        var start = _at;
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
            _at++;
        return _at > start;
    }

    private readonly FormatException Error(string what) => Error(what, _at);

    private readonly FormatException Error(string what, int at)
    {
        var before = text.AsSpan(0, at);
        return new FormatException($"JSON: {what} at position {at} (line {before.Count('\n') + 1}, column {at - before.LastIndexOf('\n')}).");
    }
}
