using Optuna.Artifacts;

namespace Optuna.Tests.Artifacts;

public sealed class BackoffTests
{
    private static readonly BackoffOptions Soon = new() { MaxRetries = 4, MinDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(2) };

    [Fact]
    public async Task A_store_that_fails_is_tried_again_with_everything()
    {
        var flaky = new Flaky(failures: 3);
        var store = new BackoffArtifactStore(flaky, Soon);
        await store.WriteAsync("id", new MemoryStream([7, 1, 2]) { Position = 1 });
        Assert.Equal(4, flaky.Tries);
        Assert.Equal([1, 2], flaky.Written!);
        // Once, not once more after it went well.
        await store.RemoveAsync("id");
        Assert.Equal(5, flaky.Tries);
    }

    [Fact]
    public async Task After_the_last_try_the_failure_is_told()
    {
        var flaky = new Flaky(failures: 99);
        await Assert.ThrowsAsync<IOException>(() => new BackoffArtifactStore(flaky, Soon).OpenReaderAsync("id"));
        Assert.Equal(4, flaky.Tries);
    }

    [Fact]
    public async Task What_is_not_there_is_not_asked_for_again()
    {
        var flaky = new Flaky(failures: 0);
        await Assert.ThrowsAsync<ArtifactNotFoundException>(() => new BackoffArtifactStore(flaky, Soon).OpenReaderAsync("id"));
        Assert.Equal(1, flaky.Tries);
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        void Refused(string name, BackoffOptions options) =>
            Assert.Contains(name, Assert.Throws<ArgumentException>(() => new BackoffArtifactStore(new Flaky(0), options)).Message);
        Refused("'max_retries'", new() { MaxRetries = 0 });
        Refused("'multiplier'", new() { Multiplier = 0 });
        Refused("'min_delay'", new() { MinDelay = TimeSpan.Zero });
        Refused("'max_delay'", new() { MaxDelay = TimeSpan.FromSeconds(0.1) });
    }

    private sealed class Flaky(int failures) : IArtifactStore
    {
        public int Tries { get; private set; }

        public byte[]? Written { get; private set; }

        public Task<Stream> OpenReaderAsync(string artifactId, CancellationToken cancellationToken = default)
        {
            Fail();
            throw new ArtifactNotFoundException(artifactId);
        }

        public async Task WriteAsync(string artifactId, Stream content, CancellationToken cancellationToken = default)
        {
            var bytes = new MemoryStream();
            await content.CopyToAsync(bytes, cancellationToken);
            Fail();
            Written = bytes.ToArray();
        }

        public Task RemoveAsync(string artifactId, CancellationToken cancellationToken = default)
        {
            Fail();
            return Task.CompletedTask;
        }

        private void Fail()
        {
            if (++Tries <= failures)
                throw new IOException("not now");
        }
    }
}
