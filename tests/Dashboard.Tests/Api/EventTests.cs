using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Optuna.Tests.Api;

/// <summary>Events come as things change, and none is missing afterwards.</summary>
public sealed class EventTests(ApiNode node)
{
    [Fact]
    public async Task A_study_tells_of_its_trials_its_mode_and_its_end_without_being_asked()
    {
        using var client = new ApiClient(node.Address);
        var name = ApiClient.NewName();
        await client.CreateAsync(name);
        await using var events = await client.FollowAsync(ApiClient.Path(name, "/events"));
        var first = await events.NextAsync();
        Assert.Equal(("study", name), (first!.Value.Name, (string)first.Value.Data["name"]!));

        var number = await client.TrialAsync(name, 0.5);
        var trial = Assert.Single(Trials(await events.UntilAsync("trials", d => Trials(d).Any(t => (string)t!["state"]! == "complete"))), t => (int)t!["number"]! == number);
        Assert.Equal(0.5, (double)trial!["values"]![0]!);
        await client.PostAsync(ApiClient.Path(name, "/pause"), expected: HttpStatusCode.OK);
        await events.UntilAsync("study", d => (string)d["mode"]! == "paused" && (int)d["counts"]!["complete"]! == 1);
        (await client.SendAsync(HttpMethod.Put, ApiClient.Path(name, $"/trials/{number}/note"), new { note = "good" })).Expect(HttpStatusCode.OK);
        await events.UntilAsync("trials", d => Trials(d).Any(t => (string)t!["note"]! == "good"));
        (await client.SendAsync(HttpMethod.Delete, ApiClient.Path(name))).Expect(HttpStatusCode.NoContent);
        await events.UntilAsync("deleted", _ => true);
        Assert.Null(await events.NextAsync());
    }

    [Fact]
    public async Task A_client_that_comes_back_gets_what_it_has_not_seen_and_nothing_else()
    {
        using var client = new ApiClient(node.Address);
        var name = ApiClient.NewName();
        await client.CreateAsync(name);
        await client.TrialAsync(name, 1);
        string id;
        await using (var events = await client.FollowAsync(ApiClient.Path(name, "/events?after=0")))
        {
            await events.UntilAsync("trials", d => Trials(d).Any(t => (string)t!["state"]! == "complete"));
            id = events.LastId!;
        }

        await client.TrialAsync(name, 2);
        await client.TrialAsync(name, 3, "fail");
        await using var again = await client.FollowAsync(ApiClient.Path(name, "/events"), id);
        var missed = Trials(await again.UntilAsync("trials", _ => true));
        Assert.Equal([1, 2], missed.Select(t => (int)t!["number"]!));
    }

    [Fact]
    public async Task A_page_that_was_told_of_a_study_gets_only_what_is_new_since()
    {
        using var client = new ApiClient(node.Address);
        var name = ApiClient.NewName();
        await client.CreateAsync(name);
        await client.TrialAsync(name, 1);
        var study = await client.GetAsync(ApiClient.Path(name));
        await client.TrialAsync(name, 2);

        await using var events = await client.FollowAsync(ApiClient.Path(name, $"/events?after={study["version"]}-{study["counts"]!["complete"]}"));
        Assert.Equal([1], Trials(await events.UntilAsync("trials", _ => true)).Select(t => (int)t!["number"]!));
    }

    [Fact]
    public async Task A_stream_goes_on_after_its_coordinator_was_ended_and_started_again()
    {
        var folder = Directory.CreateTempSubdirectory("optuna-events");
        try
        {
            string id;
            var name = ApiClient.NewName();
            var first = await ApiNode.StartAsync(folder.FullName);
            await using (first)
            {
                using var client = new ApiClient(first.HttpAddress!);
                await client.CreateAsync(name);
                await client.TrialAsync(name, 1);
                await client.TrialAsync(name, 2);
                await using var events = await client.FollowAsync(ApiClient.Path(name, "/events?after=0"));
                await events.UntilAsync("trials", d => Trials(d).Any(t => (int)t!["number"]! == 1 && (string)t["state"]! == "complete"));
                id = events.LastId!;
                await client.TrialAsync(name, 3);
            }

            await using var second = await ApiNode.StartAsync(folder.FullName);
            using var other = new ApiClient(second.HttpAddress!);
            await using var again = await other.FollowAsync(ApiClient.Path(name, "/events"), id);
            Assert.Equal([2], Trials(await again.UntilAsync("trials", _ => true)).Select(t => (int)t!["number"]!));
            await other.TrialAsync(name, 4);
            await again.UntilAsync("trials", d => Trials(d).Any(t => (int)t!["number"]! == 3 && (string)t["state"]! == "complete"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_list_of_studies_tells_of_new_changed_and_deleted_ones()
    {
        using var client = new ApiClient(node.Address);
        var name = ApiClient.NewName();
        await using var events = await client.FollowAsync("/api/v1/events");
        await events.UntilAsync("studies", _ => true);
        await client.CreateAsync(name);
        await events.UntilAsync("studies", d => Has(d, name, 0));
        await client.TrialAsync(name, 1);
        await events.UntilAsync("studies", d => Has(d, name, 1));
        (await client.SendAsync(HttpMethod.Delete, ApiClient.Path(name))).Expect(HttpStatusCode.NoContent);
        await events.UntilAsync("deleted", d => (string)d["name"]! == name);
    }

    [Fact]
    public async Task Studies_sleep_though_all_of_them_are_looked_at_and_are_told_of_when_they_wake()
    {
        var folder = Directory.CreateTempSubdirectory("optuna-sleep");
        await using (var other = await ApiNode.StartAsync(folder.FullName, "optuna.study.passivate-after = 1s"))
        {
            using var client = new ApiClient(other.HttpAddress!);
            var name = ApiClient.NewName();
            await client.CreateAsync(name);
            await client.TrialAsync(name, 1);
            await using var events = await client.FollowAsync("/api/v1/events");
            await events.UntilAsync("studies", d => Has(d, name, 1));

            // A page that shows the cluster asks all this again and again.
            JsonNode cluster;
            do
            {
                Assert.Empty((await client.GetAsync("/api/v1/workers"))["workers"]!.AsArray());
                cluster = await client.GetAsync("/api/v1/cluster");
            }
            while ((int?)cluster["nodes"]![0]!["studies"] != 0);

            await client.TrialAsync(name, 2);
            await events.UntilAsync("studies", d => Has(d, name, 2));
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_reader_that_takes_nothing_is_cut_and_costs_the_others_nothing()
    {
        using var client = new ApiClient(node.Address);
        var name = ApiClient.NewName();
        await client.CreateAsync(name);
        using var slow = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await slow.ConnectAsync(IPEndPoint.Parse(node.Address));
        await slow.SendAsync(Encoding.ASCII.GetBytes($"GET {ApiClient.Path(name, "/events?after=0")} HTTP/1.1\r\nHost: {node.Address}\r\n\r\n"));
        // It is being served.
        var taken = await slow.ReceiveAsync(new byte[1]);
        await using var quick = await client.FollowAsync(ApiClient.Path(name, "/events?after=0"));

        // More than all buffers between the two can hold.
        for (var i = 0; i < 60; i++)
            await client.PostAsync(ApiClient.Path(name, "/trials/enqueue"), new { @params = new { x = 0.5 }, user_attrs = new { log = new string('x', 200_000) } });
        await quick.UntilAsync("trials", d => Trials(d).Any(t => (int)t!["number"]! == 59));

        Assert.Equal(1, taken);
        Assert.True(slow.Poll(TimeSpan.FromMinutes(2), SelectMode.SelectError));
        await client.TrialAsync(name, 1);
        await quick.UntilAsync("trials", d => Trials(d).Any(t => (string)t!["state"]! == "complete"));
    }

    private static bool Has(JsonNode data, string name, int complete) =>
        data["studies"]!.AsArray().Any(s => (string)s!["name"]! == name && (int)s["counts"]!["complete"]! == complete);

    private static JsonArray Trials(JsonNode data) => data["trials"]!.AsArray();
}
