using Microsoft.Data.Sqlite;

namespace Optuna.Coordinator.Storage;

/// <summary>One SQLite file, for a coordinator that stands alone.</summary>
public sealed record SqliteUrl : StorageUrl
{
    internal SqliteUrl(string path) => Path = path;

    /// <summary>As written in the URL: relative to the working directory unless it is rooted.</summary>
    public string Path { get; }

    /// <summary>The file itself, absolute and with symbolic links followed, so that two spellings of it are one.</summary>
    public string File
    {
        get
        {
            var file = new FileInfo(Path);
            return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        }
    }

    public override string ConnectionString => new SqliteConnectionStringBuilder
    {
        DataSource = File,
        Mode = SqliteOpenMode.ReadWriteCreate,
        Cache = SqliteCacheMode.Private,
    }.ConnectionString;

    private protected override string Masked() => "sqlite:///" + Path;

    internal static SqliteUrl ParseRest(string rest)
    {
        // SQLAlchemy: the third slash ends an empty host; what follows is the path, and a fourth makes it absolute.
        if (rest.Length == 0)
            throw Wrong("The storage URL sqlite:// means a database in memory, which would forget every study; write sqlite:///FILE");
        if (rest[0] != '/')
            throw Wrong("A sqlite URL has three slashes before a relative path (sqlite:///studies.db) and four before an absolute one");

        var path = rest[1..];
        if (path.Contains('?', StringComparison.Ordinal))
            throw Wrong("A sqlite storage URL takes no options after '?'");
        if (path.Contains('\0', StringComparison.Ordinal))
            throw Wrong("The file name in the storage URL contains a zero character");
        if (path.Length == 0 || path.StartsWith(":memory:", StringComparison.OrdinalIgnoreCase))
            throw Wrong("The storage URL names no file; a database in memory would forget every study, write sqlite:///FILE");
        if (path.EndsWith('/'))
            throw Wrong($"The storage URL names the folder {path}, not a file in it");

        return new SqliteUrl(path);
    }
}
