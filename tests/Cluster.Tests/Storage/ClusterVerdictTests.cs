using MySqlConnector;
using Optuna.Coordinator.Storage;

namespace Optuna.Tests.Storage;

public sealed class ClusterVerdictTests(DatabaseFixture database) : IAsyncLifetime
{
    private static readonly ClusterPeer A = Peer(1), B = Peer(2), C = Peer(3);

    private MySqlUrl _url = null!;

    public async ValueTask InitializeAsync()
    {
        _url = (MySqlUrl)StorageUrl.Parse(await database.Server.CreateDatabaseAsync());
        await JournalSchema.PrepareAsync(_url);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_survivor_of_two_goes_on_whichever_it_is(bool lowestSurvives)
    {
        await LiveAsync(A, B);
        var (survivor, dead) = lowestSurvives ? (A, B) : (B, A);
        await DieAsync(dead);

        Assert.Equal(Verdict.GoOn, await TryAsync(survivor, heard: [], lost: [dead]));

        // Frozen, not dead: it wakes up, and hears nobody.
        Assert.Equal(Verdict.End, await TryAsync(dead, heard: [], lost: [survivor]));
        Assert.Equal(ClusterStanding.Downed, await Directory(dead).HeartbeatAsync());
        Assert.Equal(ClusterStanding.Living, await Directory(survivor).HeartbeatAsync());
    }

    [Fact]
    public async Task Of_two_living_that_do_not_hear_each_other_the_lowest_address_goes_on_and_the_other_ends()
    {
        await LiveAsync(A, B);

        Assert.Equal(Verdict.Wait, await TryAsync(B, heard: [], lost: [A]));
        Assert.Equal(Verdict.GoOn, await TryAsync(A, heard: [], lost: [B]));
        Assert.Equal(Verdict.End, await TryAsync(B, heard: [], lost: [A]));
    }

    [Fact]
    public async Task A_sick_node_that_hears_nobody_cannot_turn_out_the_majority()
    {
        await LiveAsync(A, B, C);

        Assert.Equal(Verdict.Wait, await TryAsync(A, heard: [], lost: [B, C]));

        Assert.Equal(ClusterStanding.Living, await Directory(B).HeartbeatAsync());
        Assert.Equal(ClusterStanding.Living, await Directory(C).HeartbeatAsync());
    }

    [Fact]
    public async Task The_dead_have_no_vote_the_last_of_three_goes_on()
    {
        await LiveAsync(A, B, C);
        await DieAsync(A);
        await DieAsync(B);

        Assert.Equal(Verdict.GoOn, await TryAsync(C, heard: [], lost: [A, B]));
    }

    [Fact]
    public async Task Only_the_link_between_two_of_three_breaks_and_one_of_them_ends_and_two_go_on()
    {
        await LiveAsync(A, B, C);

        Assert.Equal(Verdict.GoOn, await TryAsync(B, heard: [C], lost: [A]));
        Assert.Equal(Verdict.End, await TryAsync(A, heard: [C], lost: [B]));
        Assert.Equal(ClusterStanding.Living, await Directory(C).HeartbeatAsync());
    }

    [Fact]
    public async Task Those_on_one_side_all_go_on_and_a_later_decision_may_be_any_ones()
    {
        await LiveAsync(A, B, C);
        await DieAsync(C);

        Assert.Equal([Verdict.GoOn, Verdict.GoOn], await Task.WhenAll(TryAsync(A, [B], [C]), TryAsync(B, [A], [C])));

        // The first decision was A's as well; now A dies too.
        await DieAsync(A);
        Assert.Equal(Verdict.GoOn, await TryAsync(B, heard: [], lost: [A]));
    }

    [Fact]
    public async Task Two_that_decide_at_the_same_moment_never_both_go_on()
    {
        for (var round = 0; round < 25; round++)
        {
            // Both seem dead to each other, so both are free to try.
            var (one, two) = (Peer(4 + (2 * round)), Peer(5 + (2 * round)));
            await LiveAsync(one, two);
            await DieAsync(one);
            await DieAsync(two);

            var verdicts = await Task.WhenAll(UntilDecidedAsync(one, two), UntilDecidedAsync(two, one));

            Assert.Equal([Verdict.GoOn, Verdict.End], verdicts.Order());
        }
    }

    [Fact]
    public async Task The_next_life_at_an_address_is_welcome_and_the_one_before_it_stays_out()
    {
        await LiveAsync(A, B);
        await DieAsync(A);
        await TryAsync(B, heard: [], lost: [A]);

        var next = new ClusterDirectory(_url, "studies", A.Address, "next");
        await next.RegisterAsync();

        Assert.Equal(ClusterStanding.Living, await next.HeartbeatAsync());
        Assert.Equal([A.Address, B.Address], await next.LiveAddressesAsync(TimeSpan.FromHours(1)));
        Assert.Equal(Verdict.End, await TryAsync(A, heard: [], lost: [B]));
    }

    [Fact]
    public async Task A_member_that_died_before_it_entered_itself_cannot_do_so_later()
    {
        await LiveAsync(A);

        Assert.Equal(Verdict.GoOn, await TryAsync(A, heard: [], lost: [B]));

        await Directory(B).RegisterAsync();
        Assert.Equal(ClusterStanding.Downed, await Directory(B).HeartbeatAsync());
        Assert.Equal([A.Address], await Directory(A).LiveAddressesAsync(TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task A_coordinator_that_slept_while_another_founded_anew_is_told_so()
    {
        await LiveAsync(A);
        await DieAsync(A);

        await using var founding = await Directory(B).TryBootstrapAsync(new BootstrapTiming { Settle = TimeSpan.Zero });

        Assert.True(founding.MayFound);
        Assert.Equal(ClusterStanding.Downed, await Directory(A).HeartbeatAsync());
    }

    private static ClusterPeer Peer(int n) => new($"akka.tcp://optuna@10.0.0.{n}:4053", $"{n}");

    private ClusterDirectory Directory(ClusterPeer peer) => new(_url, "studies", peer.Address, peer.Incarnation);

    private Task<Verdict> TryAsync(ClusterPeer self, ClusterPeer[] heard, ClusterPeer[] lost) =>
        new ClusterVerdict(_url.ConnectionString, "studies").TryAsync(self, heard, lost);

    // As the lease does: what the database refuses, for two at once, is tried again.
    private async Task<Verdict> UntilDecidedAsync(ClusterPeer self, ClusterPeer other)
    {
        while (true)
        {
            try
            {
                if (await TryAsync(self, heard: [], lost: [other]) is var verdict and not Verdict.Wait)
                    return verdict;
            }
            catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.LockDeadlock)
            {
            }
        }
    }

    private async Task LiveAsync(params ClusterPeer[] peers)
    {
        foreach (var peer in peers)
            await Directory(peer).RegisterAsync();
    }

    private Task DieAsync(ClusterPeer peer) => database.Server.ExecuteAsync(
        $"UPDATE {_url.Database}.optuna_cluster_node SET heartbeat = heartbeat - INTERVAL 1 MINUTE WHERE address = '{peer.Address}'");
}
