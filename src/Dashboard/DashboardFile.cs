using System.IO.Compression;
using System.Security.Cryptography;

namespace Optuna.Dashboard;

/// <summary>A file of the dashboard as it is sent: plain and compressed, with the tag by which a browser asks whether it has changed.</summary>
internal sealed class DashboardFile
{
    // Compressed when first asked for: plotly.js takes a moment, and a coordinator that nobody looks at never needs it.
    private readonly Lazy<byte[]> _gzip;

    public DashboardFile(string path, byte[] content)
    {
        Content = content;
        ContentType = TypeOf(path);
        ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12))}\"";
        _gzip = new Lazy<byte[]>(() => Compress(content));
    }

    public byte[] Content { get; }

    public byte[] Gzip => _gzip.Value;

    public string ContentType { get; }

    /// <summary>In quotation marks, as it stands in the header.</summary>
    public string ETag { get; }

    private static byte[] Compress(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(content);
        return packed.ToArray();
    }

    private static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"The dashboard's file '{path}' is of a kind, '{other}', that nobody said how to serve."),
    };
}
