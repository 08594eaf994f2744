using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Optuna.Dashboard;

/// <summary>The files of the dashboard, out of the assembly itself: what is not in this list cannot be asked for, whatever the path says.</summary>
internal sealed class DashboardFiles
{
    /// <summary>The one file that has no version in its address.</summary>
    public const string Page = "index.html";

    private const string Root = "wwwroot/";

    private readonly FrozenDictionary<string, DashboardFile> _files;

    private DashboardFiles(FrozenDictionary<string, DashboardFile> files, string version) => (_files, Version) = (files, version);

    /// <summary>Changes with any of the files. It stands in their addresses, so that a browser may keep them for ever and still has none that is old.</summary>
    public string Version { get; }

    public static DashboardFiles Load()
    {
        var assembly = typeof(DashboardFiles).Assembly;
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var contents = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames())
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            // Built elsewhere, folders may be written with the other stroke.
            contents.Add(name.Replace('\\', '/')[Root.Length..], content);
        }

        foreach (var content in contents.Values)
            all.AppendData(content);
        var version = Convert.ToHexStringLower(all.GetHashAndReset().AsSpan(0, 8));
        var page = Encoding.UTF8.GetString(contents[Page]).Replace("\"assets/", $"\"assets/{version}/", StringComparison.Ordinal);
        contents[Page] = Encoding.UTF8.GetBytes(page);
        return new DashboardFiles(contents.ToFrozenDictionary(c => c.Key, c => new DashboardFile(c.Key, c.Value), StringComparer.Ordinal), version);
    }

    /// <param name="path">As <c>js/main.js</c>; upper and lower case differ.</param>
    public bool TryGet(string path, [NotNullWhen(true)] out DashboardFile? file) => _files.TryGetValue(path, out file);
}
