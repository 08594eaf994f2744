using Optuna.Coordinator.Storage;
using Optuna.Testing.Storage;

namespace Optuna.Tests.Storage;

public sealed class PersistenceHoconTests : IDisposable
{
    private readonly SqliteFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_an_actor_kept_on_SQLite_is_there_in_its_next_life()
    {
        var url = _folder.Url();
        await JournalSchema.PrepareAsync(url);
        var config = PersistenceHocon.For(url);
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

    [Theory]
    [InlineData("sqlite:///x.db", "SQLite.MS")]
    [InlineData("mysql://a:b@db/s", "MySql.8.0.MySqlConnector")]
    public void What_safety_hangs_on_is_set(string text, string provider)
    {
        var akka = PersistenceHocon.For(StorageUrl.Parse(text)).GetConfig("akka.persistence");

        Assert.Equal("off", akka.GetString("journal.sql.replay-filter.mode"));
        Assert.False(akka.GetBoolean("journal.sql.auto-initialize", true));
        Assert.False(akka.GetBoolean("snapshot-store.sql.auto-initialize", true));
        Assert.Equal("Csv", akka.GetString("journal.sql.tag-write-mode"));
        Assert.Equal(provider, akka.GetString("journal.sql.provider-name"));
        Assert.Equal(provider, akka.GetString("snapshot-store.sql.provider-name"));
        Assert.Equal(TimeSpan.FromSeconds(5), akka.GetTimeSpan("journal.sql.recovery-event-timeout"));
        Assert.Equal(TimeSpan.FromSeconds(2), akka.GetTimeSpan("journal.sql.circuit-breaker.reset-timeout"));
        Assert.Equal(TimeSpan.FromSeconds(2), akka.GetTimeSpan("snapshot-store.sql.circuit-breaker.reset-timeout"));
    }

    [Fact]
    public void A_file_in_the_folder_turns_what_it_names_and_nothing_else()
    {
        File.WriteAllText(
            Path.Combine(_folder.Path, "mysql.conf"),
            """
            optuna.storage.mysql.maximum-pool-size = 7
            akka.persistence.journal.sql { batch-size = 5, auto-initialize = on }
            """);

        var config = PersistenceHocon.For(StorageUrl.Parse("mysql://a:b@db/s"), _folder.Path);

        Assert.Equal(5, config.GetInt("akka.persistence.journal.sql.batch-size"));
        Assert.Equal(3, config.GetInt("akka.persistence.journal.sql.parallelism"));
        Assert.False(config.GetBoolean("akka.persistence.journal.sql.auto-initialize", true));
        Assert.Contains("Maximum Pool Size=7", config.GetString("akka.persistence.journal.sql.connection-string"));
    }

    [Theory]
    [InlineData("optuna.storage.mysql.maximum-pool-size = 0", "maximum-pool-size is 0")]
    [InlineData("optuna.storage.mysql.connection-timeout = 10ms", "connection-timeout is 0.01 s")]
    [InlineData("optuna { a { b = 1 }, c = 2 }", "mysql.conf is not HOCON")]
    public void A_file_that_makes_no_sense_is_refused(string text, string clue)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "mysql.conf"), text);

        var refusal = Assert.Throws<ArgumentException>(() => PersistenceHocon.For(StorageUrl.Parse("mysql://a:b@db/s"), _folder.Path));

        Assert.Contains(clue, refusal.Message);
    }

    [Fact]
    public void A_password_with_every_awkward_character_reaches_the_driver()
    {
        const string Password = "a\"b\\c${d};e='f #g";
        var url = StorageUrl.Parse($"mysql://u:{Uri.EscapeDataString(Password)}@db/s");

        var connection = PersistenceHocon.For(url).GetString("akka.persistence.journal.sql.connection-string");

        Assert.Equal(Password, new MySqlConnector.MySqlConnectionStringBuilder(connection).Password);
    }
}
