namespace Optuna.Cli.Output;

/// <summary>Texts as Python counts and orders them: by code points, where .NET goes by UTF-16 units.</summary>
internal static class CodePoints
{
    public static IComparer<string> Order { get; } = Comparer<string>.Create(Compare);

    /// <summary>A surrogate without its other half counts for itself.</summary>
    public static int[] Of(string text)
    {
        var points = new int[Count(text)];
        for (int i = 0, at = 0; at < points.Length; at++, i++)
        {
            points[at] = char.IsSurrogatePair(text, i) ? char.ConvertToUtf32(text, i++) : text[i];
        }

        return points;
    }

    public static int Count(string text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
                count--;
        }

        return count;
    }

    private static int Compare(string? a, string? b)
    {
        if (a is null || b is null)
            return string.CompareOrdinal(a, b);
        var length = Math.Min(a.Length, b.Length);
        for (var i = 0; i < length; i++)
        {
            if (a[i] != b[i])
                return Rank(a[i]).CompareTo(Rank(b[i]));
        }

        return a.Length.CompareTo(b.Length);
    }

    // What is beyond U+FFFF comes after everything else, though its surrogates stand before U+E000.
    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
