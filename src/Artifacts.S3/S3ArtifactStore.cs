using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Optuna.Artifacts;

/// <summary>Artifacts as objects of an S3 bucket, under their ids.</summary>
/// <param name="client">Where, and as whom: credentials, region and address are its own. The caller disposes it.</param>
/// <remarks>For a server that is not Amazon's, the client's configuration wants <c>ForcePathStyle</c> and checksums only <c>WHEN_REQUIRED</c>.</remarks>
public sealed class S3ArtifactStore(string bucketName, IAmazonS3 client) : IArtifactStore
{
    public async Task<Stream> OpenReaderAsync(string artifactId, CancellationToken cancellationToken = default)
    {
        try
        {
            var found = await client.GetObjectAsync(bucketName, artifactId, cancellationToken).ConfigureAwait(false);
            return found.ResponseStream;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode != "NoSuchBucket")
        {
            throw new ArtifactNotFoundException(artifactId, e);
        }
    }

    public Task WriteAsync(string artifactId, Stream content, CancellationToken cancellationToken = default) => client.PutObjectAsync(
        new PutObjectRequest
        {
            BucketName = bucketName,
            Key = artifactId,
            InputStream = content,
            AutoCloseStream = false,
            AutoResetStreamPosition = false,
            // Chunks with signatures of their own are Amazon's alone.
            UseChunkEncoding = false,
        }, cancellationToken);

    /// <remarks>S3 does not tell whether there was anything.</remarks>
    public Task RemoveAsync(string artifactId, CancellationToken cancellationToken = default) =>
        client.DeleteObjectAsync(bucketName, artifactId, cancellationToken);
}
