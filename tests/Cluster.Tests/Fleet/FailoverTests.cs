using System.Net;
using Akka.Actor;
using Optuna.Cluster.Client;
using Optuna.Cluster.Protocol;
using Optuna.Testing.Network;
using Optuna.Tests.Storage;
using Optuna.Trials;

namespace Optuna.Tests.Fleet;

/// <summary>Two coordinators on one database, with clients at both doors that ask and tell without a pause.</summary>
public sealed class FailoverTests(DatabaseFixture database, ITestOutputHelper output) : FleetTest(database)
{
    private const string CouldNotWrite = "could not be journaled";

    private readonly List<Acknowledged> _witnesses = [];
    private readonly List<Study> _studies = [];
    private readonly List<Task> _running = [];
    private readonly CancellationTokenSource _end = new();

    [Fact]
    public async Task The_youngest_of_two_crashes_and_finds_its_way_back_and_then_the_oldest_crashes()
    {
        var storage = await MariaDbStorageAsync();
        // The oldest has the lowest address as well: whoever goes by majority ends with it.
        var ports = Ports(2);
        var oldest = await NodeAsync(storage, ports[0]);
        var youngest = await NodeAsync(storage, ports[1]);
        await WitnessAsync(oldest, youngest);

        await youngest.Process.KillAsync();
        await AllGoOnAsync("the youngest was killed");
        var again = await NodeAsync(storage, ports[1]);
        Assert.False(oldest.Process.HasExited);
        Assert.Equal([oldest.Url, youngest.Url], await CoordinatorsAsync(again));
        await oldest.Process.KillAsync();
        await AllGoOnAsync("the oldest was killed");

        await AssertKeptAsync();
        Assert.False(again.Process.HasExited);
    }

    [Fact]
    public async Task A_coordinator_frozen_until_the_other_has_taken_over_ends_itself_when_it_wakes_and_changes_nothing()
    {
        var storage = await MariaDbStorageAsync();
        var ports = Ports(2);
        var (frozen, other) = (await NodeAsync(storage, ports[0]), await NodeAsync(storage, ports[1]));
        await WitnessAsync(frozen, other);
        // Nobody gives a sign of life for these while their coordinator sleeps, and nobody may take them away for that.
        var held = await Task.WhenAll(_studies.Select(s => s.AskAsync().AsTask()));

        frozen.Process.Freeze();
        await AllGoOnAsync("the coordinator was frozen");
        frozen.Process.Thaw();

        Assert.Equal(3, await frozen.Process.ExitAsync(Patience));
        Assert.Contains(frozen.Process.Lines, l => l.Contains("have gone on without", StringComparison.Ordinal));
        await AllGoOnAsync("the frozen coordinator woke up");
        foreach (var (study, trial) in _studies.Zip(held))
            await study.TellAsync(trial, [1]);
        await AssertKeptAsync();
        foreach (var (study, trial) in _studies.Zip(held))
            Assert.Equal(1, (await study.GetTrialsAsync())[trial.Number].Value);
        Assert.False(other.Process.HasExited);
    }

    [Fact]
    public async Task Only_the_link_between_two_breaks_and_one_of_them_goes_on_and_the_other_comes_back()
    {
        var storage = await MariaDbStorageAsync();
        var ports = Ports(2);
        await using var toFirst = CoordinatorLine.To(ports[0]);
        await using var toSecond = CoordinatorLine.To(ports[1]);
        var first = await NodeAsync(storage, ports[0], more: Behind(toFirst));
        var second = await NodeAsync(storage, ports[1], more: Behind(toSecond));
        await WitnessAsync(first, second);

        toFirst.Cut();
        toSecond.Cut();
        await Until.TrueAsync("one of them ends", () => first.Process.HasExited || second.Process.HasExited, Patience);

        var (lost, port, line) = first.Process.HasExited ? (first, ports[0], toFirst) : (second, ports[1], toSecond);
        Assert.Equal(3, await lost.Process.ExitAsync(Patience));
        await AllGoOnAsync("the link broke");
        toFirst.Mend();
        toSecond.Mend();
        var again = await NodeAsync(storage, port, more: Behind(line));
        await AllGoOnAsync("the other came back");

        await AssertKeptAsync();
        var goesOn = lost == first ? second : first;
        Assert.False(goesOn.Process.HasExited);
        Assert.DoesNotContain(again.Process.Lines.Concat(goesOn.Process.Lines), l => l.Contains(CouldNotWrite, StringComparison.Ordinal));
    }

    // With the lease as it is shipped: an outage is shorter.
    private Task<Node> NodeAsync(string storage, int port, string more = "") => CoordinatorAsync(storage, port, lease: "20s", more);

    private static string Behind(CoordinatorLine line) => $"akka.remote.dot-netty.tcp {{\npublic-hostname = \"{IPAddress.Loopback}\"\npublic-port = {line.Port}\n}}";

    // Enough studies that both host some; half of them are used through each door.
    private async Task WitnessAsync(Node one, Node two)
    {
        OptunaClient[] doors = [await ClientAsync(one), await ClientAsync(two)];
        for (var i = 0; i < 6; i++)
        {
            await doors[0].CreateStudyAsync($"s{i}");
            var study = await doors[i % 2].LoadStudyAsync($"s{i}");
            _studies.Add(study);
            _witnesses.Add(new Acknowledged(study));
        }

        _running.AddRange(_witnesses.Select(w => w.RunAsync(_end.Token)));
        await Until.TrueAsync("every study is under way", () => _witnesses.All(w => w.Count > 10), Patience);
    }

    /// <summary>The members of its cluster, as a coordinator tells its clients.</summary>
    private static async Task<IEnumerable<string>> CoordinatorsAsync(Node node)
    {
        await using var client = await OptunaClient.ConnectAsync(node.Url);
        var welcome = await client.System.ActorSelection($"akka.tcp://{OptunaSystem.Name}@127.0.0.1:{node.Port}/user/{OptunaSystem.GatewayName}")
            .Ask<Sessions.Welcome>(new Sessions.Hello(ProtocolVersion.Current, "test"), Patience);
        return welcome.Coordinators.Select(c => $"{OptunaUrl.Scheme}{c}");
    }

    private async Task AllGoOnAsync(string since)
    {
        var before = _witnesses.Select(w => w.Count).ToList();
        var took = await Task.WhenAll(_witnesses.Select(
            (w, i) => Until.TrueAsync($"study {i} goes on after {since}", () => w.Count > before[i] + 2, Patience)));
        output.WriteLine($"{since}: studies went on after {string.Join(", ", took.Select(t => $"{t.TotalSeconds:0.0}"))} s");
    }

    private async Task AssertKeptAsync()
    {
        await _end.CancelAsync();
        // No call has failed: each was answered, late.
        await Task.WhenAll(_running);
        foreach (var (study, witness) in _studies.Zip(_witnesses))
        {
            var trials = await study.GetTrialsAsync();
            Assert.Equal(Enumerable.Range(0, trials.Length), trials.Select(t => t.Number));
            witness.AssertKept(trials);
        }
    }
}
