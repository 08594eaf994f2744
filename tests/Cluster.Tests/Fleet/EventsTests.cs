using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Optuna.Tests.Storage;

namespace Optuna.Tests.Fleet;

/// <summary>What a page that is open at one coordinator sees while studies lose their home and get another.</summary>
public sealed class EventsTests(DatabaseFixture database) : FleetTest(database)
{
    [Fact]
    public async Task Streams_of_one_coordinator_miss_nothing_when_the_other_is_killed_and_its_studies_move()
    {
        var storage = await MariaDbStorageAsync();
        var (watched, killed) = (await CoordinatorAsync(storage, http: "127.0.0.1:0"), await CoordinatorAsync(storage));
        var client = await ClientAsync(watched);
        // So many that the other one hosts some.
        var names = Enumerable.Range(0, 8).Select(i => $"s{i}").ToList();
        var studies = new List<Study>();
        foreach (var name in names)
            studies.Add(await client.CreateStudyAsync(name));
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var seen = names.Select(_ => new HashSet<int>()).ToList();
        var counted = new Dictionary<string, int>();
        var streams = names.Select((n, i) => FollowAsync($"studies/{n}/events?after=0", e => Finished(e, seen[i]))).Append(FollowAsync("events", e => Counts(e, counted))).ToList();
        using var stop = new CancellationTokenSource();
        var witnesses = studies.ConvertAll(s => new Acknowledged(s));
        var running = witnesses.ConvertAll(w => w.RunAsync(stop.Token));
        await Until.TrueAsync("every study is under way", () => witnesses.TrueForAll(w => w.Count > 5), Patience);

        await killed.Process.KillAsync();
        var before = witnesses.ConvertAll(w => w.Count);
        await Until.TrueAsync("every study goes on", () => witnesses.Select((w, i) => w.Count > before[i] + 5).All(on => on), Patience);
        await stop.CancelAsync();
        await Task.WhenAll(running);

        for (var i = 0; i < names.Count; i++)
        {
            var at = i;
            await Until.TrueAsync($"all of {names[at]} was told", () => Read(seen[at], s => s.Count) == witnesses[at].Count, Patience);
            await Until.TrueAsync($"the list has all of {names[at]}", () => Read(counted, c => c.GetValueOrDefault(names[at])) == witnesses[at].Count, Patience);
        }

        Assert.All(streams, s => Assert.False(s.IsCompleted, $"A stream ended: {s.Exception?.InnerException?.Message}"));
        await end.CancelAsync();

        async Task FollowAsync(string path, Action<SseItem<string>> take)
        {
            using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            using var stream = await http.GetStreamAsync($"http://{watched.Http}/api/v1/{path}", end.Token);
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(end.Token))
                take(item);
        }
    }

    private static T Read<TFrom, T>(TFrom from, Func<TFrom, T> read) where TFrom : class
    {
        lock (from)
            return read(from);
    }

    private static void Finished(SseItem<string> item, HashSet<int> seen)
    {
        if (item.EventType != "trials")
            return;
        lock (seen)
            seen.UnionWith(JsonNode.Parse(item.Data)!["trials"]!.AsArray().Where(t => (string?)t!["state"] == "complete").Select(t => (int)t!["number"]!));
    }

    private static void Counts(SseItem<string> item, Dictionary<string, int> counts)
    {
        if (item.EventType != "studies")
            return;
        lock (counts)
        {
            foreach (var study in JsonNode.Parse(item.Data)!["studies"]!.AsArray())
                counts[(string)study!["name"]!] = (int)study["counts"]!["complete"]!;
        }
    }
}
