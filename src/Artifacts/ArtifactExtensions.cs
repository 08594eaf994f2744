using Optuna.Trials;

namespace Optuna.Artifacts;

/// <summary>Files of studies and trials, wherever these live: a worker's trial uploads as one in this process does.</summary>
public static class ArtifactExtensions
{
    /// <summary>Keeps a file with a running trial, and answers its id.</summary>
    /// <param name="mimetype">Null: what the file's name tells.</param>
    /// <param name="encoding">Null: likewise.</param>
    /// <remarks>What is known of it is recorded first, then the bytes are stored, as Optuna does: an upload that fails leaves an id without bytes, and never bytes that nobody knows of.</remarks>
    /// <exception cref="FileNotFoundException">There is no such file; nothing was recorded.</exception>
    public static Task<string> UploadArtifactAsync(
        this Trial trial, IArtifactStore store, string filePath, string? mimetype = null, string? encoding = null, CancellationToken cancellationToken = default) =>
        UploadAsync(store, filePath, mimetype, encoding, meta =>
        {
            trial.SetSystemAttr(meta.Key, meta.Text);
            return ValueTask.CompletedTask;
        }, cancellationToken);

    /// <summary>Keeps a file with a study, and answers its id.</summary>
    /// <inheritdoc cref="UploadArtifactAsync(Trial, IArtifactStore, string, string?, string?, CancellationToken)"/>
    public static Task<string> UploadArtifactAsync(
        this Study study, IArtifactStore store, string filePath, string? mimetype = null, string? encoding = null, CancellationToken cancellationToken = default) =>
        UploadAsync(store, filePath, mimetype, encoding, meta => study.SetSystemAttrAsync(meta.Key, meta.Text, cancellationToken), cancellationToken);

    /// <summary>Writes an artifact into a new file.</summary>
    /// <exception cref="IOException">The file exists.</exception>
    /// <exception cref="ArtifactNotFoundException">There is none of this id; no file was made.</exception>
    public static async Task DownloadArtifactAsync(this IArtifactStore store, string filePath, string artifactId, CancellationToken cancellationToken = default)
    {
        if (File.Exists(filePath))
            throw new IOException($"'file_path': the file {filePath} exists already.");
        await using var reader = await store.OpenReaderAsync(artifactId, cancellationToken).ConfigureAwait(false);
        await using var writer = new FileStream(filePath, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);
        await reader.CopyToAsync(writer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is known of a trial's artifacts.</summary>
    public static IReadOnlyList<ArtifactMeta> GetAllArtifactMeta(this FrozenTrial trial) => ArtifactMeta.ReadAll(trial.SystemAttrs);

    /// <summary>What is known of the study's own artifacts, not its trials'.</summary>
    public static IReadOnlyList<ArtifactMeta> GetAllArtifactMeta(this Study study) => ArtifactMeta.ReadAll(study.SystemAttrs);

    /// <summary>What is known of a running trial's artifacts, whoever uploaded them.</summary>
    public static async ValueTask<IReadOnlyList<ArtifactMeta>> GetAllArtifactMetaAsync(this Trial trial, CancellationToken cancellationToken = default) =>
        (await trial.ReadAsync(cancellationToken).ConfigureAwait(false)).GetAllArtifactMeta();

    private static async Task<string> UploadAsync(
        IArtifactStore store, string filePath, string? mimetype, string? encoding, Func<ArtifactMeta, ValueTask> record, CancellationToken cancellationToken)
    {
        await using var content = new FileStream(filePath, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous);
        var filename = Path.GetFileName(filePath);
        var (guessedType, guessedEncoding) = FileKind.Of(filename);
        var meta = new ArtifactMeta(Guid.NewGuid().ToString("D"), filename, mimetype ?? guessedType ?? FileKind.Unknown, encoding ?? guessedEncoding);
        await record(meta).ConfigureAwait(false);
        await store.WriteAsync(meta.ArtifactId, content, cancellationToken).ConfigureAwait(false);
        return meta.ArtifactId;
    }
}
