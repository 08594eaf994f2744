extern alias pbm;

using System.Text.Json;
using Optuna.Studies;
using pbm::Optuna.Pbm;

namespace Optuna.Tests.Pbm;

/// <summary>What each command answers at a real node.</summary>
public sealed class PaletteTests(OneNode one) : IClassFixture<OneNode>
{
    private string Address => one.Node.Url.Replace("optuna://", "akka.tcp://optuna@", StringComparison.Ordinal);

    [Fact]
    public async Task Cluster_show_status_and_leader_know_the_one_member()
    {
        var member = $"{Address} | [coordinator] | up |  | 0.1.0";

        Assert.Equal([member, "Count: 1 nodes"], (await one.RunAsync("cluster show")).Done());
        Assert.Equal([member], (await one.RunAsync("cluster status")).Done());
        Assert.Equal([Address], (await one.RunAsync("cluster leader")).Done());
        var json = Json(Assert.Single((await one.RunAsync("cluster show", json: true)).Done()));
        Assert.Equal((Address, "up", false), (json.GetProperty("address").GetString(), json.GetProperty("status").GetString(), json.GetProperty("unreachable").GetBoolean()));
    }

    [Fact]
    public async Task Nobody_is_unreachable_and_who_is_no_member_can_neither_leave_nor_be_put_out()
    {
        Assert.Equal(["Count: 0 nodes"], (await one.RunAsync("cluster down-unreachable")).Done());
        Assert.Equal("There is no member akka.tcp://optuna@127.0.0.1:1.", (await one.RunAsync("cluster down 127.0.0.1:1")).Refusal());
        Assert.Equal("There is no member akka.tcp://optuna@127.0.0.1:1.", (await one.RunAsync("cluster leave -a akka.tcp://optuna@127.0.0.1:1")).Refusal());
        Assert.Contains("'there' is no address", (await one.RunAsync("cluster down there")).Refusal(2), StringComparison.Ordinal);
        Assert.Contains("a member of a cluster already", (await one.RunAsync("cluster join 127.0.0.1:1")).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cluster_sharding_knows_where_the_study_is()
    {
        Assert.Equal(["catalog", "study"], (await one.RunAsync("cluster-sharding regions")).Done());
        Assert.Equal(
            [$"{Address} | [coordinator] | up |  | 0.1.0 [coordinator](study) | shards: 1 | entities: 1"],
            (await one.RunAsync("cluster-sharding region-stats -r study")).Done());
        Assert.Equal(
            [$"study {one.Study.Id} | {Address} | entities: 1", "Count: 1 shards"],
            (await one.RunAsync("cluster-sharding shards -r study")).Done());
        Assert.Contains("no region 'user': catalog, study", (await one.RunAsync("cluster-sharding region-stats -r user")).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Actor_hierarchy_goes_as_deep_as_asked_from_where_asked()
    {
        var all = (await one.RunAsync("actor hierarchy")).Done();
        Assert.Equal("/user", all[0]);
        Assert.Contains("/user/gateway", all);
        Assert.Contains(all, p => p.StartsWith("/user/gateway/", StringComparison.Ordinal));
        Assert.DoesNotContain((await one.RunAsync("actor hierarchy -d 1")).Done(), p => p.Count(c => c == '/') > 2);
        Assert.Contains($"/system/sharding/study/{one.Study.Id}/{one.Study.Id}", (await one.RunAsync("actor hierarchy -s /system/sharding/study")).Done());
        Assert.Contains("'nobody' is not below", (await one.RunAsync("actor hierarchy -s /user/nobody")).Refusal(), StringComparison.Ordinal);
        Assert.Contains("begins with '/'", (await one.RunAsync("actor hierarchy -s user")).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Optuna_studies_and_study_say_how_far_it_got()
    {
        Assert.Equal(
            ["hills and dales | running | minimize | trials: 3 | running: 2 | best: trial 0", "Count: 1 studies"], (await one.RunAsync("optuna studies")).Done());
        var page = (await one.RunAsync("optuna study 'hills and dales'")).Done();
        Assert.Contains("trials:     3 (waiting 0, running 2, complete 1, pruned 0, failed 0)", page);
        Assert.Contains("best:       trial 0: 0.25", page);
        var json = Json(Assert.Single((await one.RunAsync("optuna study 'hills and dales'", json: true)).Done()));
        Assert.Equal((0, 0.25, 2), (json.GetProperty("best_trial").GetInt32(), json.GetProperty("best_value").GetDouble(), json.GetProperty("trials").GetProperty("running").GetInt32()));
        Assert.Equal("There is no study named 'dales'.", (await one.RunAsync("optuna study dales")).Refusal());
    }

    [Fact]
    public async Task Optuna_leases_says_who_holds_what_with_which_token_for_how_long()
    {
        var rows = (await one.RunAsync("optuna leases", json: true)).Done().Select(Json).ToList();

        Assert.Equal([1, 2], rows.Select(r => r.GetProperty("trial").GetInt32()));
        var held = rows[1];
        Assert.Equal("wanda/1", held.GetProperty("worker").GetString());
        var lease = (await one.Study.GetLeasesAsync()).Single(l => l.Number == 2);
        Assert.Equal(lease.Token, held.GetProperty("lease").GetInt64());
        Assert.True(lease.Token > 0);
        Assert.InRange(held.GetProperty("seconds_left").GetDouble(), 0, one.Client.Lease.TotalSeconds);
        // Nobody asked for trial 1 by a worker's name: it is held for as long as it takes.
        Assert.Contains((await one.RunAsync("optuna leases -s 'hills and dales'")).Done(), r => r.Contains("trial 1", StringComparison.Ordinal) && r.EndsWith("left: no limit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Optuna_drain_takes_the_beginning_of_a_name_that_means_one_worker()
    {
        Assert.Contains("No worker whose name begins with 'otto'", (await one.RunAsync("optuna drain otto")).Refusal(), StringComparison.Ordinal);

        Assert.Equal(["wanda/1 gets no more trials of hills and dales."], (await one.RunAsync("optuna drain wanda")).Done());

        Assert.Contains("wanda/1 | hills and dales | trials: 2 | draining", (await one.RunAsync("optuna workers")).Done());
        Assert.True((await one.Study.GetLeasesAsync()).Single(l => l.Number == 2).Draining);
    }

    [Fact]
    public async Task Optuna_pause_and_resume_change_the_study()
    {
        Assert.Equal(["hills and dales is paused."], (await one.RunAsync("optuna pause 'hills and dales'")).Done());
        Assert.Equal(StudyMode.Paused, (await one.Study.GetSummaryAsync()).Mode);
        Assert.Equal(["hills and dales is running."], (await one.RunAsync("optuna resume 'hills and dales'")).Done());
        Assert.Equal(StudyMode.Running, (await one.Study.GetSummaryAsync()).Mode);
    }

    [Fact]
    public async Task Log_level_changes_what_the_running_node_logs_and_log_tail_shows_it()
    {
        Assert.Equal(["warning"], (await one.RunAsync("log level")).Done());
        Assert.Contains("'loud' is no level", (await one.RunAsync("log level loud")).Refusal(2), StringComparison.Ordinal);
        await using var connection = await PbmConnection.OpenAsync(PbmArguments.Parse([one.Node.PbmAddress!]));
        using var interrupt = new CancellationTokenSource();
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var tail = Asked.RunAsync(connection, "log tail", interrupt.Token, row => seen.TrySetResult(row));

        Assert.Equal(["info"], (await one.RunAsync("log level info")).Done());
        // A client of the node's own says hello, which is worth an info and no more.
        while (!seen.Task.IsCompleted)
        {
            await using (await one.Node.ConnectAsync())
                await Task.WhenAny(seen.Task, Task.Delay(100));
        }

        Assert.StartsWith("[INFO][", await seen.Task, StringComparison.Ordinal);
        await interrupt.CancelAsync();
        Assert.Equal(0, (await tail).Code);
        Assert.Equal(["warning"], (await one.RunAsync("log level warning")).Done());
    }

    [Fact]
    public async Task Cluster_tail_begins_with_the_members_there_are()
    {
        await using var connection = await PbmConnection.OpenAsync(PbmArguments.Parse([one.Node.PbmAddress!]));
        using var interrupt = new CancellationTokenSource();

        var tail = await Asked.RunAsync(connection, "cluster tail", interrupt.Token, row => interrupt.Cancel());

        Assert.Contains(tail.Rows, r => r.EndsWith($" up | {Address}", StringComparison.Ordinal));
        Assert.Equal(0, tail.Code);
    }

    private static JsonElement Json(string row) => JsonDocument.Parse(row).RootElement;
}
