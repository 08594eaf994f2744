namespace Optuna.Artifacts;

/// <summary>Artifacts as files of one folder, shared by whoever works on the study.</summary>
public sealed class FileSystemArtifactStore : IArtifactStore
{
    private readonly string _folder;

    /// <param name="basePath">A folder that is there.</param>
    /// <exception cref="ArgumentException">It is not.</exception>
    public FileSystemArtifactStore(string basePath)
    {
        _folder = Path.GetFullPath(basePath);
        if (!Directory.Exists(_folder))
            throw new ArgumentException($"'base_path': there is no folder {basePath}.");
    }

    public Task<Stream> OpenReaderAsync(string artifactId, CancellationToken cancellationToken = default) =>
        Found<Stream>(artifactId, file => new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous));

    /// <remarks>Written beside its place and then moved there: nobody reads half an artifact.</remarks>
    public async Task WriteAsync(string artifactId, Stream content, CancellationToken cancellationToken = default)
    {
        var file = PathOf(artifactId);
        var unfinished = $"{file}.{Guid.NewGuid():N}.part";
        try
        {
            await using (var writer = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous))
                await content.CopyToAsync(writer, cancellationToken).ConfigureAwait(false);
            File.Move(unfinished, file, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    public Task RemoveAsync(string artifactId, CancellationToken cancellationToken = default) => Found(artifactId, file =>
    {
        if (!File.Exists(file))
            throw new FileNotFoundException(null, file);
        File.Delete(file);
        return true;
    });

    private Task<T> Found<T>(string artifactId, Func<string, T> use)
    {
        var file = PathOf(artifactId);
        try
        {
            return Task.FromResult(use(file));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ArtifactNotFoundException(artifactId, e);
        }
    }

    // An id comes from whoever can write to the study: it must not lead out of the folder.
    private string PathOf(string artifactId)
    {
        ArgumentNullException.ThrowIfNull(artifactId);
        var invalid = new ArgumentException($"'artifact_id' must name a file in the store's folder (it is '{artifactId}').");
        if (artifactId.Length == 0 || artifactId.Contains('\0') || Path.IsPathRooted(artifactId))
            throw invalid;
        var file = Path.GetFullPath(Path.Combine(_folder, artifactId));
        return file.StartsWith(_folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? file : throw invalid;
    }
}
