using Microsoft.Extensions.Logging.Abstractions;
using MySqlConnector;
using Optuna.Coordinator.Storage;
using Optuna.Testing.Storage;

namespace Optuna.Tests.Storage;

public sealed class ClusterDirectoryTests(DatabaseFixture database) : IAsyncLifetime
{
    private const string A = "akka.tcp://optuna@10.0.0.1:4053", B = "akka.tcp://optuna@10.0.0.2:4053", C = "akka.tcp://optuna@10.0.0.3:4053";

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private static readonly BootstrapTiming Quick = new()
    {
        Freshness = Fresh,
        Settle = TimeSpan.FromMilliseconds(600),
        Patience = TimeSpan.FromSeconds(20),
    };

    private MySqlUrl _url = null!;

    public async ValueTask InitializeAsync()
    {
        _url = (MySqlUrl)StorageUrl.Parse(await database.Server.CreateDatabaseAsync());
        await JournalSchema.PrepareAsync(_url);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_first_may_found_and_the_second_is_sent_to_it()
    {
        await using var first = await Node(A).TryBootstrapAsync(Quick);
        Assert.True(first.MayFound);
        var waiting = Node(B).TryBootstrapAsync(Quick);
        await UntilSomebodyWaitsForTheLockAsync();
        Assert.False(waiting.IsCompleted);

        await first.DisposeAsync();

        await using var second = await waiting;
        Assert.Equal([A], second.Seeds);
        Assert.False(second.MayFound);
    }

    [Fact]
    public async Task Of_eight_that_start_at_once_exactly_one_may_found_and_all_others_join_it()
    {
        var turns = await Task.WhenAll(Enumerable.Range(1, 8).Select(async i =>
        {
            var turn = await Node($"akka.tcp://optuna@10.0.1.{i}:4053").TryBootstrapAsync(Quick);
            // It would keep it until it is Up.
            await turn.DisposeAsync();
            return (Address: $"akka.tcp://optuna@10.0.1.{i}:4053", turn.Seeds, turn.MayFound);
        }));

        var founder = Assert.Single(turns, t => t.MayFound);
        Assert.All(turns.Where(t => !t.MayFound), t => Assert.Equal([founder.Address], t.Seeds));
    }

    [Fact]
    public async Task A_node_restarted_while_another_lives_joins_it_and_never_itself()
    {
        await Node(A).RegisterAsync();
        await Node(B).RegisterAsync();

        await using var restarted = await Node(A).TryBootstrapAsync(Quick);

        Assert.Equal([B], restarted.Seeds);
    }

    [Fact]
    public async Task A_lone_node_restarted_at_once_founds_again()
    {
        await Node(A).RegisterAsync();

        await using var restarted = await Node(A).TryBootstrapAsync(Quick);

        Assert.True(restarted.MayFound);
    }

    [Fact]
    public async Task Two_that_died_together_do_not_wait_for_each_other()
    {
        await Node(A).RegisterAsync();
        await Node(B).RegisterAsync();

        await using var first = await Node(A).TryBootstrapAsync(Quick);
        await using var second = await Node(B).TryBootstrapAsync(Quick);

        Assert.Equal([B], first.Seeds);
        Assert.True(second.MayFound);
    }

    [Fact]
    public async Task The_row_of_a_node_long_silent_does_not_count_and_goes()
    {
        await Node(B).RegisterAsync();
        await AgeAsync(B, "1 HOUR");
        Assert.Empty(await Node(A).LiveAddressesAsync(Fresh));

        await using var turn = await Node(A).TryBootstrapAsync(Quick);

        Assert.True(turn.MayFound);
        Assert.Equal([A], await Node(C).LiveAddressesAsync(TimeSpan.FromDays(1)));
    }

    [Fact]
    public async Task A_node_whose_row_is_old_but_moves_while_watched_is_joined()
    {
        await Node(B).RegisterAsync();
        await AgeAsync(B, "1 HOUR");
        var timing = Quick with { Settle = TimeSpan.FromSeconds(60) };

        var starting = Node(A).TryBootstrapAsync(timing);
        // A beat that leaves the row as old as it was: only that it moved tells that somebody lives.
        while (!starting.IsCompleted)
            await AgeAsync(B, "1 SECOND");

        await using var turn = await starting;
        Assert.Equal([B], turn.Seeds);
    }

    [Fact]
    public async Task A_founder_that_dies_before_it_is_up_makes_way()
    {
        var dying = await Node(A).TryBootstrapAsync(Quick);
        Assert.True(dying.MayFound);
        await AgeAsync(A, "1 HOUR");
        var waiting = Node(B).TryBootstrapAsync(Quick);
        await UntilSomebodyWaitsForTheLockAsync();

        // The end of its process is, to the server, the end of its connections.
        var holder = await CountAsync($"SELECT IS_USED_LOCK('{MySqlNamedLock.NameOf(_url, BootstrapTurn.LockPurpose("studies"))}')");
        await database.Server.ExecuteAsync($"KILL {holder}");

        await using var next = await waiting;
        Assert.True(next.MayFound);
        await dying.DisposeAsync();
    }

    [Fact]
    public async Task A_node_that_waits_in_vain_is_sent_to_the_slow_founder()
    {
        await using var slow = await Node(A).TryBootstrapAsync(Quick);

        await using var turn = await Node(B).TryBootstrapAsync(Quick with { Patience = TimeSpan.FromSeconds(1) });

        Assert.Equal([A], turn.Seeds);
    }

    [Fact]
    public async Task A_node_that_waits_in_vain_for_a_silent_founder_is_told_so_and_founds_nothing()
    {
        await using var silent = await Node(A).TryBootstrapAsync(Quick);
        await AgeAsync(A, "1 HOUR");

        var refusal = await Assert.ThrowsAsync<TimeoutException>(() => Node(B).TryBootstrapAsync(Quick with { Patience = TimeSpan.FromSeconds(1) }));

        Assert.Contains("cluster studies", refusal.Message);
    }

    [Fact]
    public async Task Clusters_in_one_database_do_not_see_each_other()
    {
        await using var ours = await Node(A).TryBootstrapAsync(Quick);

        await using var theirs = await new ClusterDirectory(_url, "other", B).TryBootstrapAsync(Quick);

        Assert.True(theirs.MayFound);
        Assert.Equal([A], await Node(C).LiveAddressesAsync(Fresh));
    }

    [Fact]
    public async Task An_earlier_life_can_neither_revive_nor_remove_the_row_of_a_later_one()
    {
        var earlier = Node(A);
        await earlier.RegisterAsync();
        var later = Node(A);
        await later.RegisterAsync();

        Assert.Equal(ClusterStanding.Displaced, await earlier.HeartbeatAsync());
        await earlier.UnregisterAsync();

        Assert.Equal([A], await later.LiveAddressesAsync(Fresh));
        Assert.Equal(ClusterStanding.Living, await later.HeartbeatAsync());
    }

    [Fact]
    public async Task A_heartbeat_makes_an_old_row_fresh_and_a_lost_one_new()
    {
        var node = Node(A);
        await node.RegisterAsync();
        await AgeAsync(A, "1 HOUR");

        Assert.Equal(ClusterStanding.Living, await node.HeartbeatAsync());
        Assert.Equal([A], await node.LiveAddressesAsync(Fresh));

        await node.UnregisterAsync();
        Assert.Empty(await node.LiveAddressesAsync(Fresh));
        Assert.Equal(ClusterStanding.Living, await node.HeartbeatAsync());
        Assert.Equal([A], await node.LiveAddressesAsync(Fresh));
    }

    [Fact]
    public async Task The_heartbeat_keeps_the_row_fresh_and_takes_it_away_at_the_stop()
    {
        var node = Node(A);
        var heartbeat = new ClusterHeartbeat(node, TimeSpan.FromMilliseconds(50), TimeProvider.System, NullLogger<ClusterHeartbeat>.Instance);
        await heartbeat.StartAsync();
        await AgeAsync(A, "1 HOUR");

        await UntilAsync(async () => (await node.LiveAddressesAsync(Fresh)).Count == 1);

        await heartbeat.DisposeAsync();
        Assert.Empty(await node.LiveAddressesAsync(TimeSpan.FromDays(1)));
    }

    [Fact]
    public async Task The_heartbeat_of_a_displaced_node_says_so_and_leaves_the_new_row()
    {
        var heartbeat = new ClusterHeartbeat(Node(A), TimeSpan.FromMilliseconds(50), TimeProvider.System, NullLogger<ClusterHeartbeat>.Instance);
        await heartbeat.StartAsync();

        await Node(A).RegisterAsync();
        Assert.Equal(ClusterStanding.Displaced, await heartbeat.Lost.WaitAsync(TimeSpan.FromSeconds(30)));
        await heartbeat.DisposeAsync();

        Assert.Equal([A], await Node(B).LiveAddressesAsync(Fresh));
    }

    [Fact]
    public async Task The_heartbeat_goes_on_after_an_outage_of_the_database()
    {
        await using var server = await MariaDbServer.StartAsync();
        var url = (MySqlUrl)StorageUrl.Parse(await server.CreateDatabaseAsync());
        await JournalSchema.PrepareAsync(url);
        var node = new ClusterDirectory(url, "studies", A);
        await using var heartbeat = new ClusterHeartbeat(node, TimeSpan.FromMilliseconds(50), TimeProvider.System, NullLogger<ClusterHeartbeat>.Instance);
        await heartbeat.StartAsync();

        await server.KillAsync();
        await Assert.ThrowsAsync<MySqlException>(() => node.LiveAddressesAsync(Fresh));
        await server.StartAgainAsync();
        await server.ExecuteAsync($"DELETE FROM {url.Database}.optuna_cluster_node");

        await UntilAsync(async () => (await node.LiveAddressesAsync(Fresh)).Count == 1);
    }

    [Fact]
    public async Task A_heartbeat_that_starts_while_the_database_is_away_waits_for_it()
    {
        await using var server = await MariaDbServer.StartAsync();
        var url = (MySqlUrl)StorageUrl.Parse(await server.CreateDatabaseAsync());
        await JournalSchema.PrepareAsync(url);
        var node = new ClusterDirectory(url, "studies", A);
        await using var heartbeat = new ClusterHeartbeat(node, TimeSpan.FromMilliseconds(50), TimeProvider.System, NullLogger<ClusterHeartbeat>.Instance);
        await server.KillAsync();

        var starting = heartbeat.StartAsync();
        await Assert.ThrowsAsync<MySqlException>(() => node.LiveAddressesAsync(Fresh));
        Assert.False(starting.IsCompleted);
        await server.StartAgainAsync();

        await starting;
        Assert.Equal([A], await node.LiveAddressesAsync(Fresh));
    }

    private ClusterDirectory Node(string address) => new(_url, "studies", address);

    private Task AgeAsync(string address, string by) => database.Server.ExecuteAsync(
        $"UPDATE {_url.Database}.optuna_cluster_node SET heartbeat = heartbeat - INTERVAL {by} WHERE address = '{address}'");

    private Task UntilSomebodyWaitsForTheLockAsync() => UntilAsync(async () =>
        await CountAsync("SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE 'SELECT GET_LOCK%' AND id <> CONNECTION_ID()") > 0);

    private async Task<long> CountAsync(string sql)
    {
        await using var connection = new MySqlConnection(_url.ConnectionString);
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
            await Task.Delay(25, patience.Token);
    }
}
