using System.Globalization;
using System.Text.Json;
using Optuna.Tests.Fleet;
using Optuna.Tests.Storage;

namespace Optuna.Tests.Pbm;

/// <summary>The real program against real nodes.</summary>
public sealed class PbmWalkTests(DatabaseFixture database) : FleetTest(database)
{
    // Nobody is put out but by the operator.
    private const string Patient = "akka.cluster.split-brain-resolver.stable-after = 10m";

    [Fact]
    public async Task An_operator_walks_the_whole_palette_over_three_coordinators_and_a_worker()
    {
        var storage = await MariaDbStorageAsync();
        // The one that will freeze has the lowest address: of two that do not hear each other it would go on.
        var ports = Ports(3);
        var frozen = await NodeAsync(storage, ports[0]);
        var (first, leaving) = (await NodeAsync(storage, ports[1]), await NodeAsync(storage, ports[2]));
        var study = await (await ClientAsync(first)).CreateStudyAsync("hills");
        var worker = Worker(first, "hills", "--objective", Objective<Endless>(), "--slots", "2", "--pbm", "0");
        var workerDoor = (await worker.LineAsync(l => l.Contains("pbm at ", StringComparison.Ordinal), Patience)).Split(' ')[^1];
        await Until.TrueAsync("the worker holds two trials", async () => (await study.GetLeasesAsync()).Length == 2, Patience);
        var tail = RunCommand("pbm", "dotnet", Path.Combine(AppContext.BaseDirectory, "pbm.dll"), first.Pbm, "cluster", "tail");
        await tail.LineAsync(l => l.Contains(" leader | ", StringComparison.Ordinal), Patience);

        // Whoever is asked, all are seen.
        foreach (var node in new[] { first, leaving, frozen })
        {
            var seen = (await AskAsync(node, "cluster", "show")).Done();
            Assert.Equal("Count: 3 nodes", seen[^1]);
            Assert.All(new[] { first, leaving, frozen }, n => Assert.Contains(seen, l => l.StartsWith($"{Address(n)} | [coordinator] | up |  |", StringComparison.Ordinal)));
        }

        // A session of several commands, as typed at the prompt.
        var session = (await PbmProcess.RunAsync([first.Pbm], """
            cluster status
            cluster leader
            cluster-sharding regions
            cluster-sharding region-stats -r study
            cluster-sharding shards -r study
            actor hierarchy -d 2
            log level
            optuna studies
            optuna study hills
            optuna pause hills
            optuna resume hills
            exit
            cluster nonsense
            """)).Done();
        Assert.Contains(session, l => l.StartsWith($"{Address(first)} | [coordinator] | up", StringComparison.Ordinal));
        Assert.Equal(3, session.Count(l => l.Contains("[coordinator](study) | shards: ", StringComparison.Ordinal)));
        Assert.Contains(session, l => l.EndsWith(" | entities: 1", StringComparison.Ordinal));
        Assert.Contains("/user/gateway", session);
        Assert.Contains("hills | running | minimize | trials: 2 | running: 2", session);
        Assert.Contains("hills is paused.", session);
        Assert.Equal("hills is running.", session[^1]);

        // The worker knows its studies and no cluster.
        var leases = (await PbmProcess.RunAsync([workerDoor, "--json", "optuna", "leases"])).Done().Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(2, leases.Count);
        Assert.All(leases, l => Assert.InRange(l.GetProperty("seconds_left").GetDouble(), 0, 3));
        var name = leases[0].GetProperty("worker").GetString()!;
        Assert.Contains((await AskAsync(first, "optuna", "workers")).Done(), l => l.StartsWith($"{name} | hills | trials: 0, 1 |", StringComparison.Ordinal));
        var unknown = await PbmProcess.RunAsync([workerDoor, "cluster", "show"]);
        Assert.Equal((2, true), (unknown.ExitCode, unknown.Error.Contains("no commands 'cluster'", StringComparison.Ordinal)));
        Assert.Equal([$"{name} gets no more trials of hills."], (await AskAsync(leaving, "optuna", "drain", name)).Done());

        // One leaves in order, through another's door, and its process ends as one that was meant to.
        Assert.Equal([$"{Address(leaving)} is leaving."], (await AskAsync(first, "cluster", "leave", Address(leaving))).Done());
        Assert.Equal(0, await leaving.Process.ExitAsync(Patience));
        await Until.TrueAsync("it is gone", async () => (await AskAsync(first, "cluster", "show")).Out is { Count: > 0 } members
            && !members.Any(l => l.StartsWith(Address(leaving), StringComparison.Ordinal)), Patience);

        // One freezes, and nobody but the operator puts it out; when it wakes it learns that, and ends.
        frozen.Process.Freeze();
        await Until.TrueAsync("it is missed", async () => (await AskAsync(first, "cluster", "show")).Out.Any(
            l => l.StartsWith(Address(frozen), StringComparison.Ordinal) && l.Contains("| unreachable |", StringComparison.Ordinal)), Patience);
        Assert.Equal([$"{Address(frozen)} is down.", "Count: 1 nodes"], (await AskAsync(first, "cluster", "down-unreachable")).Done());
        frozen.Process.Thaw();
        Assert.Equal(3, await frozen.Process.ExitAsync(Patience));

        // One that lives is put out, and ends.
        var unwanted = await NodeAsync(storage);
        Assert.Equal($"{Address(unwanted)} is down.", (await AskAsync(first, "cluster", "down", Address(unwanted))).Done()[0]);
        Assert.Equal(3, await unwanted.Process.ExitAsync(Patience));
        await Until.TrueAsync("one is left", async () => (await AskAsync(first, "cluster", "show")).Out[^1] == "Count: 1 nodes", Patience);

        foreach (var node in new[] { leaving, frozen, unwanted })
            await tail.LineAsync(l => l.EndsWith($" removed | {Address(node)}", StringComparison.Ordinal), Patience);
        tail.Terminate();
        Assert.Equal(0, await tail.ExitAsync(Patience));
        // Those that are gone may have taken studies with them, which are still on their way.
        await Until.TrueAsync("the study is there again", async () => (await AskAsync(first, "optuna", "leases")).Out.Any(
            l => l.StartsWith("hills | trial 1 | ", StringComparison.Ordinal)), Patience);
    }

    [Fact]
    public async Task Nobody_there_a_wrong_command_and_wrong_arguments_have_exit_codes_of_their_own()
    {
        var port = Ports(1)[0].ToString(CultureInfo.InvariantCulture);

        var nobody = await PbmProcess.RunAsync([$"127.0.0.1:{port}", "cluster", "show"]);
        Assert.Equal(3, nobody.ExitCode);
        Assert.StartsWith($"pbm: 127.0.0.1:{port}: The node cannot be reached", nobody.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await PbmProcess.RunAsync(["--nonsense"])).ExitCode);
        Assert.Contains("Exit codes: 0 done", string.Join('\n', (await PbmProcess.RunAsync(["--help"])).Done()), StringComparison.Ordinal);
    }

    private Task<Node> NodeAsync(string storage, int port = 0) => CoordinatorAsync(storage, port, more: Patient);

    private static Task<PbmProcess> AskAsync(Node node, params string[] words) => PbmProcess.RunAsync([node.Pbm, .. words]);

    private static string Address(Node node) => $"akka.tcp://optuna@127.0.0.1:{node.Port}";
}
