using Optuna.Artifacts;

namespace Optuna.Tests.Artifacts;

/// <summary>What every store of artifacts keeps to.</summary>
public abstract class StoreContract
{
    /// <summary>False where the store does not tell whether there was anything to remove.</summary>
    protected virtual bool TellsWhatItRemoved => true;

    protected abstract ValueTask<IArtifactStore> OpenAsync();

    [Fact]
    public async Task What_was_written_is_read_byte_for_byte_until_it_is_removed()
    {
        var store = await OpenAsync();
        var bytes = Enumerable.Range(0, 100_000).Select(i => (byte)(i * 31 >> 3)).ToArray();
        await store.WriteAsync("one", new MemoryStream(bytes));
        await store.WriteAsync("none", new MemoryStream());
        Assert.Equal(bytes, await ReadAsync(store, "one"));
        Assert.Empty(await ReadAsync(store, "none"));

        await store.RemoveAsync("one");
        await Assert.ThrowsAsync<ArtifactNotFoundException>(() => store.OpenReaderAsync("one"));
        Assert.Empty(await ReadAsync(store, "none"));
    }

    [Fact]
    public async Task A_later_write_takes_the_place_of_an_earlier_one_from_where_the_stream_stands()
    {
        var store = await OpenAsync();
        await store.WriteAsync("id", new MemoryStream([1, 2, 3]));
        await store.WriteAsync("id", new MemoryStream([9, 8, 7]) { Position = 1 });
        Assert.Equal([8, 7], await ReadAsync(store, "id"));
    }

    [Fact]
    public async Task What_is_not_there_is_said_by_its_id()
    {
        var store = await OpenAsync();
        Assert.Contains("'lost'", (await Assert.ThrowsAsync<ArtifactNotFoundException>(() => store.OpenReaderAsync("lost"))).Message);
        if (TellsWhatItRemoved)
            await Assert.ThrowsAsync<ArtifactNotFoundException>(() => store.RemoveAsync("lost"));
    }

    internal static async Task<byte[]> ReadAsync(IArtifactStore store, string id)
    {
        await using var reader = await store.OpenReaderAsync(id);
        var bytes = new MemoryStream();
        await reader.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
