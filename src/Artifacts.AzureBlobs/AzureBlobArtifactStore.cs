using Azure;
using Azure.Storage.Blobs;

namespace Optuna.Artifacts;

/// <summary>Artifacts as blobs of a container, under their ids.</summary>
/// <param name="container">Where, and as whom; it must exist.</param>
public sealed class AzureBlobArtifactStore(BlobContainerClient container) : IArtifactStore
{
    public async Task<Stream> OpenReaderAsync(string artifactId, CancellationToken cancellationToken = default)
    {
        try
        {
            var found = await container.GetBlobClient(artifactId).DownloadStreamingAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return found.Value.Content;
        }
        catch (RequestFailedException e) when (IsMissing(e))
        {
            throw new ArtifactNotFoundException(artifactId, e);
        }
    }

    public Task WriteAsync(string artifactId, Stream content, CancellationToken cancellationToken = default) =>
        container.GetBlobClient(artifactId).UploadAsync(content, overwrite: true, cancellationToken);

    public async Task RemoveAsync(string artifactId, CancellationToken cancellationToken = default)
    {
        try
        {
            await container.GetBlobClient(artifactId).DeleteAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (IsMissing(e))
        {
            throw new ArtifactNotFoundException(artifactId, e);
        }
    }

    private static bool IsMissing(RequestFailedException e) => e.Status == 404 && e.ErrorCode != "ContainerNotFound";
}
