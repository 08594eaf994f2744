namespace Optuna.Artifacts;

/// <summary>Where the bytes of artifacts lie, by id.</summary>
public interface IArtifactStore
{
    /// <summary>The artifact's bytes; the caller disposes the stream.</summary>
    /// <exception cref="ArtifactNotFoundException">There is none of this id.</exception>
    Task<Stream> OpenReaderAsync(string artifactId, CancellationToken cancellationToken = default);

    /// <summary>Stores everything from the stream's position on, in place of what was there.</summary>
    Task WriteAsync(string artifactId, Stream content, CancellationToken cancellationToken = default);

    /// <exception cref="ArtifactNotFoundException">There is none of this id; a store that cannot tell says nothing.</exception>
    Task RemoveAsync(string artifactId, CancellationToken cancellationToken = default);
}

/// <summary>A store has nothing of this id.</summary>
public sealed class ArtifactNotFoundException(string artifactId, Exception? inner = null)
    : OptunaException($"There is no artifact '{artifactId}'.", inner);
