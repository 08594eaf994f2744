using Optuna.Coordinator.Storage;

namespace Optuna.Cli.Transfer;

/// <summary>Where Optuna keeps studies itself: a database by its SQLAlchemy URL, or a journal file.</summary>
internal abstract record ForeignUrl
{
    public const string Forms = "sqlite:///FILE, mysql://USER:PASSWORD@HOST:PORT/DATABASE or journal:///FILE";

    private const string JournalScheme = "journal://";

    /// <param name="option">The option it was given by, for what is refused.</param>
    /// <exception cref="ArgumentException">Of no such form.</exception>
    public static ForeignUrl Parse(string option, string text)
    {
        try
        {
            return text.StartsWith(JournalScheme, StringComparison.OrdinalIgnoreCase)
                ? new Journal(JournalPath(text[JournalScheme.Length..]))
                : new Rdb(StorageUrl.Parse(text));
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"{option}: {e.Message}", e);
        }
    }

    private static string JournalPath(string rest)
    {
        if (!rest.StartsWith('/'))
            throw new ArgumentException("A journal URL has three slashes before a relative path (journal:///studies.log) and four before an absolute one.");
        var path = rest[1..];
        return path.Length > 0 && !path.EndsWith('/') && !path.Contains('\0', StringComparison.Ordinal)
            ? path
            : throw new ArgumentException("The journal URL names no file; write journal:///FILE.");
    }

    /// <param name="Storage">Its text hides the password.</param>
    public sealed record Rdb(StorageUrl Storage) : ForeignUrl
    {
        public override string ToString() => Storage.ToString();
    }

    /// <param name="Path">As written: relative to the working directory unless it is rooted.</param>
    public sealed record Journal(string Path) : ForeignUrl
    {
        public override string ToString() => "journal:///" + Path;
    }
}
