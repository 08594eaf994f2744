using Amazon.Runtime;
using Amazon.S3;
using Azure.Storage.Blobs;
using Optuna.Artifacts;

namespace Optuna.Tests.Artifacts;

public sealed class FileSystemStoreTests : StoreContract, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("artifacts");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("/etc/passwd")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("")]
    public async Task An_id_that_leads_out_of_the_folder_is_refused(string id)
    {
        var store = await OpenAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => store.OpenReaderAsync(id));
        await Assert.ThrowsAsync<ArgumentException>(() => store.WriteAsync(id, new MemoryStream([1])));
        await Assert.ThrowsAsync<ArgumentException>(() => store.RemoveAsync(id));
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public void A_neighbour_whose_name_begins_alike_is_outside()
    {
        var inner = _folder.CreateSubdirectory("store");
        _folder.CreateSubdirectory("store2");
        Assert.Throws<ArgumentException>(() => { _ = new FileSystemArtifactStore(inner.FullName).OpenReaderAsync("../store2/x"); });
    }

    [Fact]
    public void A_folder_that_is_not_there_is_refused() =>
        Assert.Contains("nowhere", Assert.Throws<ArgumentException>(() => new FileSystemArtifactStore(Path.Combine(_folder.FullName, "nowhere"))).Message);

    [Fact]
    public async Task A_write_that_fails_leaves_what_was_there()
    {
        var store = await OpenAsync();
        await store.WriteAsync("id", new MemoryStream([1]));
        await Assert.ThrowsAsync<IOException>(() => store.WriteAsync("id", new Broken()));
        Assert.Equal([1], await ReadAsync(store, "id"));
        Assert.Single(_folder.GetFiles());
    }

    protected override ValueTask<IArtifactStore> OpenAsync() => ValueTask.FromResult<IArtifactStore>(new FileSystemArtifactStore(_folder.FullName));

    private sealed class Broken : MemoryStream
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new IOException("broken");
    }
}

public sealed class S3StoreTests : StoreContract, IAsyncDisposable
{
    private StubBucket? _bucket;

    protected override bool TellsWhatItRemoved => false;

    public async ValueTask DisposeAsync()
    {
        if (_bucket is not null)
            await _bucket.DisposeAsync();
    }

    [Fact]
    public async Task Objects_lie_in_the_bucket_under_their_ids()
    {
        var store = await OpenAsync();
        await store.WriteAsync("id", new MemoryStream([1, 2]));
        Assert.Equal("/trials/id", Assert.Single(_bucket!.Objects.Keys));
    }

    [Fact]
    public async Task Behind_a_back_off_a_server_may_fail_for_a_while()
    {
        var store = new BackoffArtifactStore(await OpenAsync(), new() { MinDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(2) });
        _bucket!.Fail(3);
        await store.WriteAsync("id", new MemoryStream([1, 2, 3]));
        _bucket.Fail(3);
        Assert.Equal([1, 2, 3], await ReadAsync(store, "id"));
    }

    protected override async ValueTask<IArtifactStore> OpenAsync()
    {
        _bucket = await StubBucket.StartAsync();
        return new S3ArtifactStore("trials", new AmazonS3Client(new BasicAWSCredentials("key", "secret"), new AmazonS3Config
        {
            ServiceURL = _bucket.Url,
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            MaxErrorRetry = 0,
        }));
    }
}

public sealed class AzureBlobStoreTests : StoreContract, IAsyncDisposable
{
    private StubBucket? _bucket;

    public async ValueTask DisposeAsync()
    {
        if (_bucket is not null)
            await _bucket.DisposeAsync();
    }

    protected override async ValueTask<IArtifactStore> OpenAsync()
    {
        _bucket = await StubBucket.StartAsync();
        return new AzureBlobArtifactStore(new BlobContainerClient(new Uri($"{_bucket.Url}/account/trials")));
    }
}
