namespace Optuna.Artifacts;

/// <summary>What a file's name tells of its content.</summary>
internal static class FileKind
{
    public const string Unknown = "application/octet-stream";

    private static readonly Dictionary<string, string> Encodings = new(StringComparer.OrdinalIgnoreCase)
    {
        [".gz"] = "gzip", [".bz2"] = "bzip2", [".xz"] = "xz", [".br"] = "br", [".Z"] = "compress",
    };

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".txt"] = "text/plain", [".log"] = "text/plain", [".md"] = "text/markdown", [".csv"] = "text/csv", [".tsv"] = "text/tab-separated-values",
        [".html"] = "text/html", [".htm"] = "text/html", [".css"] = "text/css", [".py"] = "text/x-python", [".xml"] = "text/xml",
        [".js"] = "text/javascript", [".json"] = "application/json", [".pdf"] = "application/pdf", [".zip"] = "application/zip", [".tar"] = "application/x-tar",
        [".png"] = "image/png", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".gif"] = "image/gif", [".svg"] = "image/svg+xml",
        [".webp"] = "image/webp", [".bmp"] = "image/bmp", [".tif"] = "image/tiff", [".tiff"] = "image/tiff", [".mp3"] = "audio/mpeg",
        [".wav"] = "audio/x-wav", [".mp4"] = "video/mp4", [".webm"] = "video/webm", [".h5"] = "application/x-hdf5", [".hdf5"] = "application/x-hdf5",
    };

    /// <summary>MIME type and encoding by the last endings; null where they say nothing.</summary>
    public static (string? Mimetype, string? Encoding) Of(string filename)
    {
        if (filename.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase))
            filename = filename[..^4] + ".tar.gz";
        var encoding = Encodings.GetValueOrDefault(Path.GetExtension(filename));
        if (encoding is not null)
            filename = Path.GetFileNameWithoutExtension(filename);
        return (Types.GetValueOrDefault(Path.GetExtension(filename)), encoding);
    }
}
