using Akka.Actor;
using Akka.Cluster;
using Optuna.Cluster.Pbm.Grammar;
using Optuna.Cluster.Pbm.Host;
using ClusterOf = Akka.Cluster.Cluster;

namespace Optuna.Coordinator.Pbm;

/// <summary><c>cluster</c>: the coordinators, as this one sees them.</summary>
internal sealed class ClusterPalette(ActorSystem system)
{
    private const string Node = "address";

    private readonly ClusterOf _cluster = ClusterOf.Get(system);

    public Palette Palette => new("cluster", "The cluster of coordinators, as this node sees it.",
    [
        new("show", "List the members.", Access.Look, ShowAsync),
        new("status", "Show this node's own state.", Access.Look, StatusAsync),
        new("leader", "Show which member leads: the one that lets others in and out.", Access.Look, LeaderAsync),
        new("join", "Let this node, which is in no cluster yet, join the one of another node.", Access.Change, JoinAsync)
        {
            Parameters = [Of("The node to join.", required: true)],
        },
        new("leave", "Let a member leave in order: its clients and studies move first, then it ends.", Access.Change, LeaveAsync)
        {
            Parameters = [Of("The member; without it, this node.", required: false)],
        },
        new("down", "Put a member out that will never leave by itself. If it lives, it ends.", Access.Change, DownAsync)
        {
            Parameters = [Of("The member.", required: true)],
        },
        new("down-unreachable", "Put all members out that this node does not hear.", Access.Change, DownUnreachableAsync),
        new("tail", "Show what happens to the members from now on.", Access.Look, TailAsync) { Streams = true },
    ]);

    private static Parameter Of(string summary, bool required) =>
        new(Node, $"{summary} Its address as 'cluster show' prints it, or HOST:PORT.", 'a') { Required = required };

    private async Task ShowAsync(CommandCall call)
    {
        var state = _cluster.State;
        foreach (var member in state.Members)
        {
            var unreachable = state.Unreachable.Contains(member);
            await call.Output.RowAsync(MemberText.Of(member, unreachable), new
            {
                address = $"{member.Address}",
                roles = member.Roles,
                status = MemberText.Status(member.Status),
                unreachable,
                version = $"{member.AppVersion}",
            }).ConfigureAwait(false);
        }

        await call.Output.RowAsync($"Count: {state.Members.Count} nodes", null).ConfigureAwait(false);
    }

    private Task StatusAsync(CommandCall call)
    {
        var self = _cluster.SelfMember;
        return call.Output.RowAsync(MemberText.Of(self, unreachable: false), new
        {
            address = $"{_cluster.SelfAddress}",
            roles = self.Roles,
            status = MemberText.Status(self.Status),
            uptimeSeconds = Math.Round(system.Uptime.TotalSeconds),
        });
    }

    private Task LeaderAsync(CommandCall call)
    {
        var leader = _cluster.State.Leader ?? throw new CommandRefusedException("There is no leader: this node is in no cluster, or hears too few of its members.");
        return call.Output.RowAsync($"{leader}", new { leader = $"{leader}" });
    }

    private async Task JoinAsync(CommandCall call)
    {
        var address = Parse(call.Value(Node));
        if (_cluster.State.Members.Any(m => m.UniqueAddress.Equals(_cluster.SelfUniqueAddress)))
            throw new CommandRefusedException($"{_cluster.SelfAddress} is a member of a cluster already.");
        // Who may found a cluster is for the database to say: a second one on the same studies would fight over them.
        if (address.Equals(_cluster.SelfAddress))
            throw new CommandRefusedException("A node does not join itself: that would found a cluster.");
        await _cluster.JoinAsync(address, call.Cancel).ConfigureAwait(false);
        await call.Output.RowAsync($"{_cluster.SelfAddress} has joined {address}.", new { address = $"{_cluster.SelfAddress}", joined = $"{address}" }).ConfigureAwait(false);
    }

    private async Task LeaveAsync(CommandCall call)
    {
        var member = call.Find(Node) is { } typed ? MemberAt(typed) : MemberAt($"{_cluster.SelfAddress}");
        _cluster.Leave(member.Address);
        await UntilAsync(() => Now(member) is not { Status: MemberStatus.Joining or MemberStatus.WeaklyUp or MemberStatus.Up }, call.Cancel).ConfigureAwait(false);
        await call.Output.RowAsync($"{member.Address} is leaving.", new { address = $"{member.Address}", leaving = true }).ConfigureAwait(false);
    }

    private Task DownAsync(CommandCall call) => DownAsync(call, [MemberAt(call.Value(Node))]);

    private Task DownUnreachableAsync(CommandCall call) => DownAsync(call, [.. _cluster.State.Unreachable]);

    private async Task DownAsync(CommandCall call, IReadOnlyList<Member> members)
    {
        foreach (var member in members)
            _cluster.Down(member.Address);
        foreach (var member in members)
        {
            await UntilAsync(() => Now(member) is null or { Status: MemberStatus.Down or MemberStatus.Removed }, call.Cancel).ConfigureAwait(false);
            await call.Output.RowAsync($"{member.Address} is down.", new { address = $"{member.Address}", down = true }).ConfigureAwait(false);
        }

        await call.Output.RowAsync($"Count: {members.Count} nodes", null).ConfigureAwait(false);
    }

    private Task TailAsync(CommandCall call) => EventTap.ReadAsync<ClusterEvent.IClusterDomainEvent>(
        system,
        ear => _cluster.Subscribe(ear, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IClusterDomainEvent)),
        ear => _cluster.Unsubscribe(ear),
        e => MemberText.Of(e) is var (what, address) ? Event(call, what, address) : Task.CompletedTask,
        count => call.Output.RowAsync($"... {count} more, too many to show", new { missed = count }),
        call.Cancel);

    private static Task Event(CommandCall call, string what, Address? address)
    {
        var time = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
        return call.Output.RowAsync($"[{time}] {what} | {address}", new { time, @event = what, address = address?.ToString() });
    }

    /// <summary>The same incarnation of a member as it is now; null when it is gone.</summary>
    private Member? Now(Member member) => _cluster.State.Members.FirstOrDefault(m => m.UniqueAddress.Equals(member.UniqueAddress));

    private Member MemberAt(string typed)
    {
        var address = Parse(typed);
        return _cluster.State.Members.FirstOrDefault(m => m.Address.Equals(address)) ?? throw new CommandRefusedException($"There is no member {address}.");
    }

    private Address Parse(string typed)
    {
        if (Address.TryParse(typed, out var address) && address is { Host: not null, Port: not null })
            return address;
        var colon = typed.LastIndexOf(':');
        if (colon > 0 && !typed.Contains('/', StringComparison.Ordinal) && ushort.TryParse(typed.AsSpan(colon + 1), out var port) && port > 0)
            return _cluster.SelfAddress.WithHost(typed[..colon]).WithPort(port);
        throw new CommandUsageException($"'{typed}' is no address of a node: {_cluster.SelfAddress} is one, or {_cluster.SelfAddress.Host}:{_cluster.SelfAddress.Port}.");
    }

    private static async Task UntilAsync(Func<bool> condition, CancellationToken cancel)
    {
        while (!condition())
            await Task.Delay(50, cancel).ConfigureAwait(false);
    }
}
