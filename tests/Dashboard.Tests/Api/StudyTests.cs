using System.Net;
using System.Text.Json.Nodes;

namespace Optuna.Tests.Api;

/// <summary>Studies over HTTP.</summary>
public sealed class StudyTests(ApiNode node)
{
    [Theory]
    [InlineData("plain")]
    [InlineData("a/b c%2Fd?#&+ü✓")]
    [InlineData("100% <b>'\"\\")]
    public async Task A_study_is_made_found_listed_renamed_and_deleted_whatever_its_name(string start)
    {
        using var client = new ApiClient(node.Address);
        var name = $"{start} {Guid.NewGuid():N}";
        var made = await client.PostAsync("/api/v1/studies", new { name, directions = new[] { "maximize" }, sampler = "random", pruner = "nop", n_trials = 7, metric_names = new[] { "acc" } });
        Assert.Equal((name, "running", 7, "random", "nop"), ((string)made["name"]!, (string)made["mode"]!, (int)made["budget"]!, (string)made["sampler"]!, (string)made["pruner"]!));
        Assert.Equal("acc", (string)made["metric_names"]![0]!);
        Assert.True(DateTime.Parse((string)made["created"]!, null, System.Globalization.DateTimeStyles.AdjustToUniversal) > DateTime.UnixEpoch);
        var shown = await client.GetAsync(ApiClient.Path(name));
        Assert.Equal(made.ToJsonString(), shown.ToJsonString());
        var listed = await client.GetAsync($"/api/v1/studies?search={Uri.EscapeDataString(name.ToUpperInvariant())}");
        Assert.Equal(((int)made["id"]!, 1), ((int)listed["studies"]![0]!["id"]!, (int)listed["total"]!));

        var renamed = (await client.SendAsync(HttpMethod.Patch, ApiClient.Path(name), new { name = name + "!" })).Expect(HttpStatusCode.OK);
        Assert.Equal(name + "!", (string)renamed["name"]!);
        (await client.SendAsync(HttpMethod.Get, ApiClient.Path(name))).Refused(HttpStatusCode.NotFound, "study_not_found");
        (await client.SendAsync(HttpMethod.Delete, ApiClient.Path(name + "!"))).Expect(HttpStatusCode.NoContent);
        var sentence = (await client.SendAsync(HttpMethod.Get, ApiClient.Path(name + "!"))).Refused(HttpStatusCode.NotFound, "study_not_found");
        Assert.Contains(name, sentence);
    }

    [Fact]
    public async Task An_operator_pauses_resumes_stops_and_limits_a_study_and_writes_on_it()
    {
        using var client = new ApiClient(node.Address);
        var name = ApiClient.NewName();
        await client.CreateAsync(name);
        foreach (var (order, mode) in new[] { ("pause", "paused"), ("resume", "running"), ("stop", "stopped"), ("resume", "running") })
            Assert.Equal(mode, (string)(await client.PostAsync(ApiClient.Path(name, $"/{order}"), expected: HttpStatusCode.OK))["mode"]!);
        Assert.Equal(5, (int)(await PutAsync("/budget", new { n_trials = 5 }))["budget"]!);
        Assert.Null((await PutAsync("/budget", new { n_trials = (int?)null }))["budget"]);
        await PutAsync("/user-attrs/a%2Fb", new { value = new object?[] { 1, "x", null, true } }, HttpStatusCode.NoContent);
        var note = string.Concat(Enumerable.Repeat("märk 🎉 down\n", 700));
        await PutAsync("/note", new { note });
        Assert.Equal(note, (string)(await client.GetAsync(ApiClient.Path(name, "/note")))["note"]!);
        await PutAsync("/note", new { note = "short" });
        var shown = await client.GetAsync(ApiClient.Path(name));
        Assert.Equal(("short", "[1,\"x\",null,true]", "{}"), ((string)shown["note"]!, shown["user_attrs"]!["a/b"]!.ToJsonString(), shown["system_attrs"]!.ToJsonString()));

        async Task<JsonNode> PutAsync(string rest, object body, HttpStatusCode expected = HttpStatusCode.OK) =>
            (await client.SendAsync(HttpMethod.Put, ApiClient.Path(name, rest), body)).Expect(expected);
    }

    [Theory]
    [InlineData("{}", "directions")]
    [InlineData("{\"directions\":[\"up\"]}", "up")]
    [InlineData("{\"directions\":[]}", "directions")]
    [InlineData("{\"directions\":[null]}", "directions")]
    [InlineData("{\"directions\":[\"minimize\"],\"colour\":1}", "colour")]
    [InlineData("{\"directions\":[\"minimize\"],\"directions\":[\"minimize\"]}", "directions")]
    [InlineData("{\"directions\":[\"minimize\"],}", "trailing comma")]
    [InlineData("{\"directions\":[\"minimize\"]/**/}", "'/'")]
    [InlineData("{\"directions\":[\"minimize\"],\"n_trials\":\"7\"}", "n_trials")]
    [InlineData("{\"directions\":[\"minimize\"],\"n_trials\":-1}", "n_trials")]
    [InlineData("{\"directions\":[\"minimize\"],\"sampler\":\"magic\"}", "magic")]
    [InlineData("{\"directions\":[\"minimize\"],\"metric_names\":[\"a\",\"b\"]}", "metric_names")]
    [InlineData("{\"directions\":[\"minimize\"],\"name\":\" \"}", "name")]
    [InlineData("null", "null")]
    [InlineData("", "JSON")]
    [InlineData("[1", "JSON")]
    public async Task What_makes_no_study_is_refused_by_name_and_makes_none(string body, string named)
    {
        using var client = new ApiClient(node.Address);
        var sentence = (await client.SendAsync(HttpMethod.Post, "/api/v1/studies", body)).Refused(HttpStatusCode.BadRequest, "bad_request");
        Assert.Contains(named, sentence);
    }

    [Fact]
    public async Task A_name_is_given_once_and_a_repeated_wish_makes_one_study()
    {
        using var client = new ApiClient(node.Address);
        var name = ApiClient.NewName();
        var made = await client.CreateAsync(name);
        (await client.SendAsync(HttpMethod.Post, "/api/v1/studies", new { name, directions = new[] { "minimize" } })).Refused(HttpStatusCode.Conflict, "study_exists");
        var loaded = await client.PostAsync("/api/v1/studies", new { name, directions = new[] { "minimize" }, load_if_exists = true }, HttpStatusCode.OK);
        Assert.Equal((int)made["id"]!, (int)loaded["id"]!);

        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var first = (await client.SendAsync(HttpMethod.Post, "/api/v1/studies", new { directions = new[] { "minimize" } }, key)).Expect(HttpStatusCode.Created);
        var second = (await client.SendAsync(HttpMethod.Post, "/api/v1/studies", new { directions = new[] { "minimize" } }, key)).Expect(HttpStatusCode.Created);
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        (await client.SendAsync(HttpMethod.Post, "/api/v1/studies", new { directions = new[] { "minimize" } }, ("Idempotency-Key", new string('k', 65)))).Refused(HttpStatusCode.BadRequest, "bad_request");
    }

    [Theory]
    [InlineData("?sort=colour", "sort")]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=1001", "limit")]
    [InlineData("?offset=-1", "offset")]
    [InlineData("?offset=x", "offset")]
    [InlineData("?page=1", "page")]
    public async Task A_query_that_says_nothing_is_refused_by_name(string query, string named)
    {
        using var client = new ApiClient(node.Address);
        Assert.Contains($"'{named}'", (await client.SendAsync(HttpMethod.Get, $"/api/v1/studies{query}")).Refused(HttpStatusCode.BadRequest, "bad_request"));
    }
}
