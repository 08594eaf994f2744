using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Optuna.Testing.Processes;
using Optuna.Tests.Fleet;
using Optuna.Tests.Storage;

namespace Optuna.Tests.PythonClients;

/// <summary>Python workers know one coordinator, their study lives on another, and that one is killed.</summary>
public sealed class OwnerLossTests(DatabaseFixture database, ITestOutputHelper output) : FleetTest(database)
{
    private const int Complete = 1;
    private const int Clients = 8;

    [Fact]
    public async Task Python_workers_wait_while_their_study_moves_and_no_trial_is_lost_or_done_twice()
    {
        var storage = await MariaDbStorageAsync();
        // Of two that do not see each other any more, the one with the lower address stays.
        var (low, high) = FreePorts();

        // The study is made while there is no other coordinator it could live on.
        var owner = await CoordinatorAsync(storage, high);
        await EndedWellAsync(RunCommand("create", Python.Command, Python.Script("trials.py", owner.Grpc, "s", "create")));
        var door = await CoordinatorAsync(storage, low);
        var workers = Enumerable.Range(0, Clients)
            .Select(_ => RunCommand("worker", Python.Command, Python.Script("work.py", door.Grpc, "s"))).ToList();
        foreach (var worker in workers)
            await worker.LineAsync(l => l == "ready", Patience);

        await owner.Process.KillAsync();
        var since = TimeProvider.System.GetTimestamp();
        var before = workers.ConvertAll(Told);
        await Until.TrueAsync("every worker goes on", () => workers.Zip(before, (w, b) => w.HasExited || Told(w) >= b + 5).All(on => on), Patience);
        output.WriteLine($"every worker had five more results {TimeProvider.System.GetElapsedTime(since).TotalSeconds:0.0} s after the kill");

        workers.ForEach(w => w.Terminate());
        foreach (var worker in workers)
            await EndedWellAsync(worker);
        var list = RunCommand("trials", Python.Command, Python.Script("trials.py", door.Grpc, "s"));
        Assert.Equal(0, await list.ExitAsync(Patience));

        var told = workers.SelectMany(w => Python.Objects(w.Lines)).Where(o => o.TryGetProperty("number", out _))
            .OrderBy(o => o.GetProperty("number").GetInt32()).ToList();
        var kept = Python.Objects(list.Lines).SkipLast(1).ToList();
        // Dense, each once, each ended, and none that nobody was told of.
        Assert.Equal(Enumerable.Range(0, kept.Count), kept.Select(t => t.GetProperty("number").GetInt32()));
        Assert.Equal(kept.Select(Identity), told.Select(Identity));
        Assert.All(kept.Zip(told), pair =>
        {
            var (trial, finished) = pair;
            Assert.Equal(Complete, trial.GetProperty("state").GetInt32());
            Assert.Equal(finished.GetProperty("value").GetDouble(), Assert.Single(trial.GetProperty("values").EnumerateArray()).GetDouble());
            Assert.Equal((3, 2), (trial.GetProperty("params").GetInt32(), trial.GetProperty("reports").GetInt32()));
            Assert.Equal($"é {trial.GetProperty("number")}", trial.GetProperty("by").GetString());
        });
    }

    private static int Told(ProgramProcess worker) => worker.Lines.Count(l => l.StartsWith('{'));

    private static (long Id, int Number) Identity(JsonElement trial) => (trial.GetProperty("id").GetInt64(), trial.GetProperty("number").GetInt32());

    /// <summary>It ended by itself and met no exception.</summary>
    private static async Task EndedWellAsync(ProgramProcess script)
    {
        Assert.Equal(0, await script.ExitAsync(Patience));
        var end = Python.Objects(script.Lines)[^1].GetProperty("end");
        Assert.True(end.ValueKind is JsonValueKind.Null or JsonValueKind.Number, script.Lines[^1]);
    }

    private static (int Low, int High) FreePorts()
    {
        using var one = new TcpListener(IPAddress.Loopback, 0);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        one.Start();
        other.Start();
        var (a, b) = (((IPEndPoint)one.LocalEndpoint).Port, ((IPEndPoint)other.LocalEndpoint).Port);
        return (Math.Min(a, b), Math.Max(a, b));
    }
}
