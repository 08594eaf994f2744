using System.Net;
using System.Text.Json.Nodes;

namespace Optuna.Tests.Api;

/// <summary>Trials over HTTP.</summary>
public sealed class TrialTests(ApiNode node)
{
    [Fact]
    public async Task A_script_optimises_by_ask_suggest_report_and_tell()
    {
        using var client = new ApiClient(node.Address);
        var name = ApiClient.NewName();
        await client.CreateAsync(name);
        var asked = await client.PostAsync(ApiClient.Path(name, "/trials/ask"), new { worker = "my laptop" });
        var (number, lease) = ((int)asked["number"]!, (long)asked["lease"]!);
        var x = (double)(await PostAsync(number, "suggest", new { lease, name = "x", distribution = ApiClient.X }))["value"]!;
        Assert.InRange(x, 0, 1);
        Assert.False((bool)(await PostAsync(number, "report", new { lease, step = 3, value = 0.25 }))["should_prune"]!);
        (await client.SendAsync(HttpMethod.Put, ApiClient.Path(name, $"/trials/{number}/user-attrs/k"), new { value = "v", lease })).Expect(HttpStatusCode.NoContent);

        var running = await client.GetAsync(ApiClient.Path(name, $"/trials/{number}"));
        Assert.Equal(("running", "my laptop", lease), ((string)running["state"]!, (string)running["lease"]!["worker"]!, (long)running["lease"]!["token"]!));
        Assert.Equal((x, "[[3,0.25]]", "v"), ((double)running["params"]!["x"]!, running["intermediate_values"]!.ToJsonString(), (string)running["user_attrs"]!["k"]!));
        Assert.Equal("FloatDistribution", (string)running["distributions"]!["x"]!["name"]!);
        Assert.Equal("my laptop", (string)(await client.GetAsync($"/api/v1/workers?study={Uri.EscapeDataString(name)}"))["workers"]![0]!["id"]!);
        Assert.Equal(number, (int)(await client.GetAsync($"/api/v1/leases?study={Uri.EscapeDataString(name)}"))["leases"]![0]!["trial"]!);

        // Somebody holds it: a number alone does not end it, nor does another's token.
        await RefusedAsync($"/trials/{number}/tell", new { state = "complete", values = new[] { 1.0 } }, HttpStatusCode.Conflict, "lease_lost");
        await RefusedAsync($"/trials/{number}/tell", new { lease = lease + 1, state = "complete", values = new[] { 1.0 } }, HttpStatusCode.Conflict, "lease_lost");
        var told = await PostAsync(number, "tell", new { lease, state = "complete", values = new[] { 0.5 } });
        Assert.Equal(("complete", 0.5, "my laptop"), ((string)told["state"]!, (double)told["values"]![0]!, (string)told["worker"]!));
        // Told again by the same holder it is the same; by another, or otherwise, it is not.
        Assert.Equal(told.ToJsonString(), (await PostAsync(number, "tell", new { lease, state = "complete", values = new[] { 0.5 } })).ToJsonString());
        await RefusedAsync($"/trials/{number}/tell", new { state = "fail" }, HttpStatusCode.Conflict, "trial_finished");
        var study = await client.GetAsync(ApiClient.Path(name));
        Assert.Equal((1, number, 0.5), ((int)study["counts"]!["complete"]!, (int)study["best_trial"]!["number"]!, (double)study["best_trial"]!["values"]![0]!));

        Task<JsonNode> PostAsync(int trial, string what, object body) => client.PostAsync(ApiClient.Path(name, $"/trials/{trial}/{what}"), body, HttpStatusCode.OK);

        async Task RefusedAsync(string rest, object body, HttpStatusCode status, string code) =>
            (await client.SendAsync(HttpMethod.Post, ApiClient.Path(name, rest), body)).Refused(status, code);
    }

    [Fact]
    public async Task A_repeated_ask_or_enqueue_makes_one_trial()
    {
        using var client = new ApiClient(node.Address);
        var name = ApiClient.NewName();
        await client.CreateAsync(name);
        var key = ("Idempotency-Key", "once");
        var first = (await client.SendAsync(HttpMethod.Post, ApiClient.Path(name, "/trials/ask"), new { }, key)).Expect(HttpStatusCode.Created);
        var second = (await client.SendAsync(HttpMethod.Post, ApiClient.Path(name, "/trials/ask"), new { }, key)).Expect(HttpStatusCode.Created);
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        for (var i = 0; i < 2; i++)
            Assert.Equal(1, (int)(await client.SendAsync(HttpMethod.Post, ApiClient.Path(name, "/trials/enqueue"), new { @params = new { x = 0.25 } }, key)).Expect(HttpStatusCode.Created)["number"]!);
        Assert.Equal(2, (int)(await client.GetAsync(ApiClient.Path(name)))["n_trials"]!);
        await client.PostAsync(ApiClient.Path(name, "/stop"), expected: HttpStatusCode.OK);
        var none = (await client.SendAsync(HttpMethod.Post, ApiClient.Path(name, "/trials/ask"), new { budget = 1 }));
        none.Refused(HttpStatusCode.Conflict, "no_trial_left");
        Assert.False((bool)JsonNode.Parse(none.Text)!["may_change"]!);
    }

    [Fact]
    public async Task Queued_and_retried_parameters_are_what_the_next_trials_get()
    {
        using var client = new ApiClient(node.Address);
        var name = ApiClient.NewName();
        await client.CreateAsync(name);
        await client.TrialAsync(name, 1);
        await client.PostAsync(ApiClient.Path(name, "/trials/enqueue"), new { @params = new { x = 0.125 }, user_attrs = new { why = "test" } });
        var asked = await client.PostAsync(ApiClient.Path(name, "/trials/ask"));
        Assert.Equal((1, 0.125), ((int)asked["number"]!, (double)asked["params"]!["x"]!));
        await client.PostAsync(ApiClient.Path(name, "/trials/1/tell"), new { lease = (long)asked["lease"]!, state = "fail" }, HttpStatusCode.OK);
        Assert.Equal(2, (int)(await client.PostAsync(ApiClient.Path(name, "/trials/1/retry")))["number"]!);
        Assert.Equal(0.125, (double)(await client.PostAsync(ApiClient.Path(name, "/trials/ask")))["params"]!["x"]!);
        (await client.SendAsync(HttpMethod.Post, ApiClient.Path(name, "/trials/2/retry"))).Refused(HttpStatusCode.Conflict, "conflict");
        (await client.SendAsync(HttpMethod.Post, ApiClient.Path(name, "/trials/99/retry"))).Refused(HttpStatusCode.NotFound, "trial_not_found");
    }

    [Fact]
    public async Task Trials_are_sorted_filtered_searched_and_read_as_columns()
    {
        using var client = new ApiClient(node.Address);
        var name = ApiClient.NewName();
        await client.CreateAsync(name);
        foreach (var value in new[] { 3.0, 1.0, 2.0 })
            await client.TrialAsync(name, value);
        await client.TrialAsync(name, 0, "fail");
        var asked = await client.PostAsync(ApiClient.Path(name, "/trials/ask"));

        Assert.Equal(new[] { 0, 1, 2, 3, 4 }, await NumbersAsync(""));
        Assert.Equal(new[] { 1, 2, 0, 3, 4 }, await NumbersAsync("?sort=value"));
        Assert.Equal(new[] { 0, 2, 1, 3, 4 }, await NumbersAsync("?sort=-value"));
        Assert.Equal(new[] { 2, 1 }, await NumbersAsync("?sort=-value&state=complete&offset=1"));
        Assert.Equal(new[] { 1, 2 }, await NumbersAsync("?filter=value:..2"));
        Assert.Equal(new[] { 2 }, await NumbersAsync("?filter=value:1.5..2.5"));
        Assert.Equal(new[] { 3 }, await NumbersAsync("?search=FAIL"));
        Assert.Equal(new[] { 0, 1, 2, 3, 4 }, await NumbersAsync("?filter=x:0..1&sort=number"));
        Assert.Empty(await NumbersAsync("?filter=x:1.5.."));
        var byX = await client.GetAsync(ApiClient.Path(name, "/trials?sort=param:x&state=complete,fail"));
        var xs = byX["trials"]!.AsArray().Select(t => (double)t!["params"]!["x"]!).ToList();
        Assert.Equal(xs.Order(), xs);

        var columns = await client.GetAsync(ApiClient.Path(name, "/columns"));
        Assert.Equal("[0,1,2,3,4]", columns["number"]!.ToJsonString());
        Assert.Equal("[[3,1,2,null,null]]", columns["values"]!.ToJsonString());
        // What was drawn for a trial is its own from the moment it was given.
        Assert.Equal((double)asked["params"]!["x"]!, (double)columns["params"]!["x"]![4]!);
        var version = (long)columns["version"]!;
        Assert.Equal("[]", (await client.GetAsync(ApiClient.Path(name, $"/columns?since={version}")))["number"]!.ToJsonString());
        await client.TrialAsync(name, 9);
        Assert.Equal("[5]", (await client.GetAsync(ApiClient.Path(name, $"/columns?since={version}&params=x")))["number"]!.ToJsonString());

        var few = await client.GetAsync(ApiClient.Path(name, "/columns?params=&fields=state,values"));
        Assert.Equal(["version", "number", "state", "values", "params"], few.AsObject().Select(m => m.Key));
        Assert.Empty(few["params"]!.AsObject());
        (await client.SendAsync(HttpMethod.Get, ApiClient.Path(name, "/columns?fields=size"))).Refused(HttpStatusCode.BadRequest, "bad_request");

        foreach (var bad in new[] { "?sort=size", "?filter=x", "?state=dead", "?objective=1", "?limit=1001" })
            (await client.SendAsync(HttpMethod.Get, ApiClient.Path(name, $"/trials{bad}"))).Refused(HttpStatusCode.BadRequest, "bad_request");

        async Task<int[]> NumbersAsync(string query) =>
            [.. (await client.GetAsync(ApiClient.Path(name, $"/trials{query}")))["trials"]!.AsArray().Select(t => (int)t!["number"]!)];
    }

    [Fact]
    public async Task A_parameter_whose_name_has_commas_is_named_by_itself()
    {
        using var client = new ApiClient(node.Address);
        var name = ApiClient.NewName();
        await client.CreateAsync(name);
        var asked = await client.PostAsync(ApiClient.Path(name, "/trials/ask"));
        foreach (var param in new[] { "a,b", "c", "d" })
        {
            await client.PostAsync(
                ApiClient.Path(name, "/trials/0/suggest"), new { lease = (long)asked["lease"]!, name = param, distribution = ApiClient.X }, HttpStatusCode.OK);
        }

        Assert.Equal(["a,b"], await NamesAsync("?param=a%2Cb"));
        Assert.Equal(["c", "d", "a,b"], await NamesAsync("?params=c,d&param=a%2Cb"));
        Assert.Equal(["a,b", "c", "d"], await NamesAsync(""));

        async Task<IEnumerable<string>> NamesAsync(string query) =>
            (await client.GetAsync(ApiClient.Path(name, $"/columns{query}")))["params"]!.AsObject().Select(p => p.Key);
    }

    [Fact]
    public async Task Infinities_are_texts_in_both_directions()
    {
        using var client = new ApiClient(node.Address);
        var name = ApiClient.NewName();
        await client.CreateAsync(name, "minimize", "maximize");
        var asked = await client.PostAsync(ApiClient.Path(name, "/trials/ask"));
        var told = await client.PostAsync(ApiClient.Path(name, "/trials/0/tell"), new { lease = (long)asked["lease"]!, state = "complete", values = new object[] { "Infinity", "-Infinity" } }, HttpStatusCode.OK);
        Assert.Equal("[\"Infinity\",\"-Infinity\"]", told["values"]!.ToJsonString());
        Assert.Equal(0, (int)(await client.GetAsync(ApiClient.Path(name, "/best-trials")))["trials"]![0]!["number"]!);
    }

    [Fact]
    public async Task A_study_is_analysed_and_exported()
    {
        using var client = new ApiClient(node.Address);
        var name = ApiClient.NewName();
        await client.CreateAsync(name);
        for (var i = 0; i < 20; i++)
            await client.TrialAsync(name, i % 7);
        Assert.Equal("x", (string)(await client.GetAsync(ApiClient.Path(name, "/search-space")))["params"]![0]!["name"]!);
        Assert.Equal(0, (int)(await client.GetAsync(ApiClient.Path(name, "/best-trials")))["trials"]![0]!["number"]!);
        Assert.Equal(1.0, (double)(await client.GetAsync(ApiClient.Path(name, "/importances")))["importances"]![0]!["importance"]!);
        (await client.SendAsync(HttpMethod.Get, ApiClient.Path(name, "/importances?evaluator=oracle"))).Refused(HttpStatusCode.BadRequest, "bad_request");
        var csv = await client.SendAsync(HttpMethod.Get, ApiClient.Path(name, "/export"));
        Assert.StartsWith("number,value,datetime_start,datetime_complete,duration,params_x,state\n", csv.Text);
        Assert.Equal(21, csv.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("attachment;", csv.Headers["Content-Disposition"]);
        Assert.Equal(20, JsonNode.Parse((await client.SendAsync(HttpMethod.Get, ApiClient.Path(name, "/export?format=json"))).Text)!.AsArray().Count);
    }
}
