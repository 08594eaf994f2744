namespace Optuna.Coordinator.Storage;

/// <summary>
/// Where the studies are kept, in the URL form Optuna's users know from SQLAlchemy:
/// <c>sqlite:///studies.db</c>, <c>sqlite:////var/lib/studies.db</c>, <c>mysql://user:password@host:3306/database</c>.
/// </summary>
/// <remarks>The password appears in <see cref="ConnectionString"/> only; <see cref="ToString"/> and every error hide it.</remarks>
public abstract record StorageUrl
{
    private static readonly string[] MySqlSchemes = ["mysql", "mysql+pymysql", "mariadb", "mariadb+pymysql"];

    private protected StorageUrl()
    {
    }

    /// <summary>What the ADO.NET driver of this storage wants; holds the password in the clear.</summary>
    public abstract string ConnectionString { get; }

    /// <summary>The URL as it may be logged: the password is <c>***</c>.</summary>
    public sealed override string ToString() => Masked();

    private protected abstract string Masked();

    /// <exception cref="ArgumentException">The text is no storage URL; the message says which part is wrong.</exception>
    public static StorageUrl Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        var url = text.Trim();
        var colon = url.IndexOf("://", StringComparison.Ordinal);
        if (colon <= 0)
            throw Wrong("The storage URL must look like sqlite:///FILE or mysql://USER:PASSWORD@HOST:PORT/DATABASE");

        var scheme = url[..colon].ToLowerInvariant();
        var rest = url[(colon + 3)..];

        if (scheme == "sqlite")
            return SqliteUrl.ParseRest(rest);
        if (MySqlSchemes.Contains(scheme))
            return MySqlUrl.ParseRest(rest);

        throw Wrong(
            "The storage URL begins with a scheme this program has no driver for; " +
            $"known are sqlite and {string.Join(", ", MySqlSchemes)}");
    }

    // No sentence quotes the URL or a part before the last '@': a misplaced character may have put a piece of
    // the password there.
    internal static ArgumentException Wrong(string sentence) => new(sentence + ".");
}
