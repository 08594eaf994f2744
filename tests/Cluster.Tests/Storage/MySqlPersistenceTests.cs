using Optuna.Coordinator.Storage;
using Optuna.Testing.Storage;

namespace Optuna.Tests.Storage;

public sealed class MySqlPersistenceTests(DatabaseFixture database)
{
    [Fact]
    public async Task What_an_actor_kept_on_MariaDB_is_there_in_its_next_life()
    {
        var url = StorageUrl.Parse(await database.Server.CreateDatabaseAsync());
        await JournalSchema.PrepareAsync(url);
        var config = PersistenceHocon.For(url);
        // Far over the 255 bytes of a table the plugin would make.
        var large = new byte[300_000];
        large[0] = 2;

        await PersistenceTrial.InOneLifeAsync(config, "study-1", async ask =>
        {
            await ask(new BytesActor.Keep([1, 255]));
            return await ask(new BytesActor.Keep(large));
        });
        var second = await PersistenceTrial.InOneLifeAsync(config, "study-1", async ask =>
        {
            var recovered = await ask(new BytesActor.Show());
            await ask(new BytesActor.Snapshot());
            await ask(new BytesActor.Snapshot());
            await ask(new BytesActor.Keep([3]));
            return recovered;
        });
        var third = await PersistenceTrial.InOneLifeAsync(config, "study-1", ask => ask(new BytesActor.Show()));
        var other = await PersistenceTrial.InOneLifeAsync(config, "STUDY-1", ask => ask(new BytesActor.Show()));

        Assert.Equal([[1, 255], large], second.All);
        Assert.Equal([[1], [2], [3]], third.All);
        Assert.Equal((2, 1, 0), (second.Recovered, third.Recovered, other.Recovered));
    }

    [Fact]
    public async Task What_was_acknowledged_outlives_the_kill_of_the_server()
    {
        // A server of its own: the shared one must stay up for the others.
        await using var server = await MariaDbServer.StartAsync();
        var url = StorageUrl.Parse(await server.CreateDatabaseAsync());
        await JournalSchema.PrepareAsync(url);
        var config = PersistenceHocon.For(url);
        await PersistenceTrial.InOneLifeAsync(config, "study-1", ask => ask(new BytesActor.Keep([7])));

        await server.KillAsync();
        var away = await Assert.ThrowsAsync<StorageRefusedException>(() => JournalSchema.PrepareAsync(url));
        await server.StartAgainAsync();
        await JournalSchema.PrepareAsync(url);

        Assert.Contains("Nothing answers", away.Message);
        var kept = await PersistenceTrial.InOneLifeAsync(config, "study-1", ask => ask(new BytesActor.Show()));
        Assert.Equal([[7]], kept.All);
    }
}
