using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Optuna.Dashboard;

/// <summary>The files of the dashboard, out of the assembly itself: what is not in this list cannot be asked for, whatever the path says.</summary>
internal sealed class DashboardFiles
{
    private const string Root = "wwwroot/";

    private readonly FrozenDictionary<string, DashboardFile> _files;

    private DashboardFiles(FrozenDictionary<string, DashboardFile> files) => _files = files;

    public static DashboardFiles Load()
    {
        var assembly = typeof(DashboardFiles).Assembly;
        var files = new Dictionary<string, DashboardFile>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames())
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            // Built elsewhere, folders may be written with the other stroke.
            var path = name.Replace('\\', '/')[Root.Length..];
            files.Add(path, new DashboardFile(path, content));
        }

        return new DashboardFiles(files.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <param name="path">As <c>js/main.js</c>; upper and lower case differ.</param>
    public bool TryGet(string path, [NotNullWhen(true)] out DashboardFile? file) => _files.TryGetValue(path, out file);
}
