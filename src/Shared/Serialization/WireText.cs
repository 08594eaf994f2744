using System.Runtime.Serialization;
using System.Text;

namespace Optuna.Cluster.Serialization;

/// <summary>What becomes of text that has no UTF-8 form (half of a surrogate pair).</summary>
/// <remarks>Protobuf would put a replacement character in its place without a word: two names could become one.</remarks>
internal static class WireText
{
    /// <summary>Names, keys and JSON: carried exactly or not at all.</summary>
    /// <exception cref="SerializationException">Null, or not well-formed; the sentence names the field and the position.</exception>
    public static string Data(string? value, string field)
    {
        if (value is null)
            throw new SerializationException($"'{field}' is null.");
        var at = FirstHalfPair(value);
        return at < 0
            ? value
            : throw new SerializationException($"'{field}' cannot be sent or stored: it has half of a surrogate pair (U+{(int)value[at]:X4}) at position {at}.");
    }

    /// <summary>Sentences for people: a half pair becomes U+FFFD, since a lost answer would be worse than a lost character.</summary>
    /// <exception cref="SerializationException">Null.</exception>
    public static string Sentence(string? value, string field)
    {
        if (value is null)
            throw new SerializationException($"'{field}' is null.");
        return FirstHalfPair(value) < 0 ? value : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value));
    }

    /// <summary>Whether it has a UTF-8 form.</summary>
    public static bool IsWhole(string value) => FirstHalfPair(value) < 0;

    private static int FirstHalfPair(string value)
    {
        // One vectorised look for the usual text, which has no surrogate at all.
        var i = value.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        if (i < 0)
            return -1;
        for (; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i]))
                continue;
            if (i + 1 == value.Length || !char.IsSurrogatePair(value[i], value[i + 1]))
                return i;
            i++;
        }

        return -1;
    }
}
