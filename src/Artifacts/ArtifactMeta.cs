using Optuna.Json;

namespace Optuna.Artifacts;

/// <summary>What is known of an artifact beside its bytes: a system attribute of its study or trial, in Optuna's form.</summary>
/// <param name="Filename">The file's name where it came from, without its folder.</param>
/// <param name="Encoding">Such as <c>gzip</c>; null for none.</param>
public sealed record ArtifactMeta(string ArtifactId, string Filename, string Mimetype, string? Encoding)
{
    internal const string KeyPrefix = "artifacts:";

    internal string Key => KeyPrefix + ArtifactId;

    /// <summary>The attribute's value: a text that holds JSON.</summary>
    internal string Text => PythonJson.Write(new OrderedDictionary<string, object?>
    {
        ["artifact_id"] = ArtifactId,
        ["filename"] = Filename,
        ["mimetype"] = Mimetype,
        ["encoding"] = Encoding,
    });

    /// <summary>Of all artifacts among system attributes; what another program left there that is none is passed over.</summary>
    internal static IReadOnlyList<ArtifactMeta> ReadAll(IEnumerable<KeyValuePair<string, string>> systemAttrs) =>
        [.. systemAttrs.Where(a => a.Key.StartsWith(KeyPrefix, StringComparison.Ordinal)).Select(a => Read(a.Value)).OfType<ArtifactMeta>()];

    private static ArtifactMeta? Read(string json)
    {
        try
        {
            return PythonJson.Read(json) is string text && PythonJson.Read(text) is Dictionary<string, object?> d
                && d.GetValueOrDefault("artifact_id") is string id && d.GetValueOrDefault("filename") is string filename
                && d.GetValueOrDefault("mimetype") is string mimetype
                ? new ArtifactMeta(id, filename, mimetype, d.GetValueOrDefault("encoding") as string)
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
