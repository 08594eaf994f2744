using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Optuna.Tests.Api;

/// <summary>Who and what is let in at the HTTP port.</summary>
public sealed class DoorTests(ApiNode node)
{
    private const string Reader = "reader-0123456789", Writer = "writer-0123456789", Admin = "admin-01234567890";

    [Fact]
    public async Task Every_call_asks_for_its_role_and_a_cookie_stands_for_a_token()
    {
        var folder = Directory.CreateTempSubdirectory("optuna-roles");
        try
        {
            foreach (var (file, token) in new[] { ("read", Reader), ("write", Writer), ("admin", Admin) })
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, file), token);
            var files = string.Concat(new[] { "read", "write", "admin" }.Select(f => $"optuna.tokens.{f}-file = \"{Path.Combine(folder.FullName, f)}\"\n"));
            await using var guarded = await ApiNode.StartAsync(folder.FullName, files);
            using var stranger = new ApiClient(guarded.HttpAddress!);
            using var reader = new ApiClient(guarded.HttpAddress!, Reader);
            using var writer = new ApiClient(guarded.HttpAddress!, Writer);
            using var admin = new ApiClient(guarded.HttpAddress!, Admin);
            var document = await stranger.GetAsync("/api/v1/openapi.json");
            var calls = document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => (Method: new HttpMethod(o.Key.ToUpperInvariant()), Path: p.Key, Role: (string)o.Value!["x-role"]!))).ToList();
            Assert.True(calls.Count > 40, $"{calls.Count} calls");
            foreach (var (method, pattern, role) in calls.Where(c => c.Role != "anybody"))
            {
                var path = System.Text.RegularExpressions.Regex.Replace(pattern, @"\{\w+\}", "0");
                (await stranger.SendAsync(method, path)).Refused(HttpStatusCode.Unauthorized, "unauthorized");
                if (role is "write" or "admin")
                    (await reader.SendAsync(method, path)).Refused(HttpStatusCode.Forbidden, "forbidden");
                if (role is "admin")
                    (await writer.SendAsync(method, path)).Refused(HttpStatusCode.Forbidden, "forbidden");
            }

            await writer.CreateAsync("s");
            Assert.Equal("s", (string)(await reader.GetAsync("/api/v1/studies/s"))["name"]!);
            Assert.Equal(("admin", true), ((string)(await admin.GetAsync("/api/v1/me"))["role"]!, (bool)(await admin.GetAsync("/api/v1/me"))["tokens_required"]!));
            Assert.Null((await stranger.GetAsync("/api/v1/me"))["role"]);

            var session = await writer.SendAsync(HttpMethod.Post, "/api/v1/session");
            session.Expect(HttpStatusCode.NoContent);
            var cookie = session.Headers["Set-Cookie"];
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Writer, cookie);
            var value = cookie.Split(';')[0];
            Assert.Equal("write", (string)(await stranger.SendAsync(HttpMethod.Get, "/api/v1/me", null, ("Cookie", value))).Expect(HttpStatusCode.OK)["role"]!);
            (await stranger.SendAsync(HttpMethod.Post, "/api/v1/studies/s/pause", null, ("Cookie", value))).Expect(HttpStatusCode.OK);
            (await stranger.SendAsync(HttpMethod.Delete, "/api/v1/studies/s", null, ("Cookie", value))).Refused(HttpStatusCode.Forbidden, "forbidden");
            // One hour longer, sealed with nothing; and a seal of another time.
            var (ends, seal) = (value.Split('=')[1].Split('.')[0], value.Split('.')[1]);
            foreach (var forged in new[] { $"optuna-session={long.Parse(ends) + 3600}.{seal}", $"optuna-session={ends}.{new string('0', 64)}", "optuna-session=x", "optuna-session=1.2.3" })
                (await stranger.SendAsync(HttpMethod.Get, "/api/v1/studies", null, ("Cookie", forged))).Refused(HttpStatusCode.Unauthorized, "unauthorized");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_page_of_another_site_changes_nothing()
    {
        using var client = new ApiClient(node.Address);
        foreach (var (name, value) in new[] { ("Origin", "https://evil.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", $"http://localhost:{node.Address.Split(':')[1]}") })
            (await client.SendAsync(HttpMethod.Post, "/api/v1/studies", new { directions = new[] { "minimize" } }, (name, value))).Refused(HttpStatusCode.Forbidden, "cross_origin");
        (await client.SendAsync(HttpMethod.Post, "/api/v1/studies", new { directions = new[] { "minimize" } }, ("Origin", $"http://{node.Address}"), ("Sec-Fetch-Site", "same-origin"))).Expect(HttpStatusCode.Created);
        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "" })
            (await client.SendAsync(HttpMethod.Post, "/api/v1/studies", new { directions = new[] { "minimize" } }, ("Content-Type", type))).Refused(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        (await client.SendAsync(HttpMethod.Get, "/api/v1/studies", null, ("Host", "rebound.example"))).Refused(HttpStatusCode.Forbidden, "cross_origin");
        (await client.SendAsync(HttpMethod.Get, "/api/v1/studies", null, ("Host", "localhost"))).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_a_study_holds_never_becomes_a_page()
    {
        const string Script = "<script>alert(1)</script>";
        using var client = new ApiClient(node.Address);
        var name = $"{Script}{Guid.NewGuid():N}";
        await client.CreateAsync(name);
        (await client.SendAsync(HttpMethod.Put, ApiClient.Path(name, $"/user-attrs/{Uri.EscapeDataString(Script)}"), new { value = Script })).Expect(HttpStatusCode.NoContent);
        (await client.SendAsync(HttpMethod.Put, ApiClient.Path(name, "/note"), new { note = Script })).Expect(HttpStatusCode.OK);
        foreach (var path in new[] { ApiClient.Path(name), ApiClient.Path(name, "/note"), ApiClient.Path(name, "/figures/" + Uri.EscapeDataString(Script)), ApiClient.Path(Script), "/nowhere/" + Uri.EscapeDataString(Script), ApiClient.Path(name, "/export") })
        {
            var reply = await client.SendAsync(HttpMethod.Get, path);
            Assert.DoesNotContain(Script, reply.Text);
            Assert.Equal("nosniff", reply.Headers["X-Content-Type-Options"]);
            Assert.StartsWith("default-src 'none'; frame-ancestors 'none';", reply.Headers["Content-Security-Policy"]);
            Assert.Equal("no-referrer", reply.Headers["Referrer-Policy"]);
            Assert.DoesNotContain("html", reply.Headers.GetValueOrDefault("Content-Type", ""));
        }

        Assert.Equal(Script, (string)(await client.GetAsync(ApiClient.Path(name)))["user_attrs"]![Script]!);
    }

    [Fact]
    public async Task What_is_too_large_is_refused_and_what_is_nowhere_is_said_to_be()
    {
        using var client = new ApiClient(node.Address);
        // Refused by its head alone: nothing of the body need be on its way.
        var refused = await RawAsync("Content-Length: 1048600\r\n", "");
        Assert.StartsWith("HTTP/1.1 413 ", refused);
        Assert.Contains("\"body_too_large\"", refused);
        var pieces = string.Concat(Enumerable.Repeat($"10000\r\n{new string('[', 0x10000)}\r\n", 20));
        Assert.DoesNotContain(" 201 ", await RawAsync("Transfer-Encoding: chunked\r\n", pieces));
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, (await client.SendAsync(HttpMethod.Get, "/api/v1/studies", null, ("X-Long", new string('h', 33 << 10)))).Status);
        (await client.SendAsync(HttpMethod.Post, "/api/v1/studies", new string('[', 5000))).Refused(HttpStatusCode.BadRequest, "bad_request");
        foreach (var path in new[] { "/api/v1/nowhere", "/api/v1/studies/a/b/c/d", "/api/v1/studies/../../etc/passwd/x", "/api/v1", $"{ApiClient.Path("s")}/figures/none" })
            Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync(HttpMethod.Get, path)).Status);
        (await client.SendAsync(HttpMethod.Get, "/api/v1/nowhere")).Refused(HttpStatusCode.NotFound, "no_such_route");
        (await client.SendAsync(HttpMethod.Get, ApiClient.Path("a/b", "/trials/x"))).Refused(HttpStatusCode.NotFound, "study_not_found");
    }

    // What was answered by the time the line was cut, if it was.
    private async Task<string> RawAsync(string header, string body)
    {
        using var line = new TcpClient(node.Address.Split(':')[0], int.Parse(node.Address.Split(':')[1]));
        var answer = new MemoryStream();
        try
        {
            await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/studies HTTP/1.1\r\nHost: {node.Address}\r\nContent-Type: application/json\r\n{header}Connection: close\r\n\r\n{body}"));
            await line.GetStream().CopyToAsync(answer).WaitAsync(TimeSpan.FromMinutes(2));
        }
        catch (IOException)
        {
        }

        return Encoding.ASCII.GetString(answer.ToArray());
    }

    [Fact]
    public async Task Who_sends_too_slowly_is_cut_and_others_are_answered_meanwhile()
    {
        var (host, port) = (node.Address.Split(':')[0], int.Parse(node.Address.Split(':')[1]));
        using var slow = new TcpClient(host, port);
        await slow.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/studies HTTP/1.1\r\nHost: {node.Address}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"));
        using var never = new TcpClient(host, port);
        await never.GetStream().WriteAsync("GET /api/v1/st"u8.ToArray());
        using var client = new ApiClient(node.Address);
        await client.GetAsync("/api/v1/studies");
        foreach (var waiting in new[] { slow, never })
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            var answer = new MemoryStream();
            try
            {
                await waiting.GetStream().CopyToAsync(answer, patience.Token);
            }
            catch (IOException)
            {
                // Cut without a word.
            }

            Assert.DoesNotContain(" 200 ", Encoding.ASCII.GetString(answer.ToArray()));
        }
    }

    [Fact]
    public async Task The_description_names_every_route_and_every_member_of_a_body()
    {
        using var client = new ApiClient(node.Address);
        var document = await client.GetAsync("/api/v1/openapi.json");
        var described = document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key.ToUpperInvariant()} {p.Key}")).Order().ToList();
        Assert.Equal(Coordinator.Gateway.Http.ApiRoutes.All.Select(r => $"{r.Method} /api/v1{r.Path}").Order(), described);
        var ask = document["paths"]!["/api/v1/studies/{study}/trials/{number}/tell"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!;
        Assert.Equal(["lease", "state", "values"], ask["properties"]!.AsObject().Select(p => p.Key).Order());
        Assert.Contains("state", ask["required"]!.AsArray().Select(r => (string)r!));
    }

    [Theory]
    [InlineData("note", """{"note":"\ud800"}""")]
    [InlineData("user-attrs/a", """{"value":{"\udc00":1}}""")]
    public async Task A_text_that_is_no_Unicode_is_refused(string what, string body)
    {
        using var client = new ApiClient(node.Address);
        var name = ApiClient.NewName();
        await client.CreateAsync(name);

        var reply = await client.SendAsync(HttpMethod.Put, ApiClient.Path(name, $"/{what}"), body);

        Assert.Contains("is no Unicode", reply.Refused(HttpStatusCode.BadRequest, "bad_request"));
    }

    [Fact]
    public async Task The_node_tells_of_its_cluster_and_its_load()
    {
        using var client = new ApiClient(node.Address);
        var name = ApiClient.NewName();
        await client.CreateAsync(name);
        await client.TrialAsync(name, 1);
        var cluster = await client.GetAsync("/api/v1/cluster");
        var self = Assert.Single(cluster["nodes"]!.AsArray())!;
        Assert.Equal(((string)cluster["self"]!, "up", false), ((string)self["address"]!, (string)self["status"]!, (bool)self["drained"]!));
        Assert.True((int)self["studies"]! >= 1);
        var load = await client.GetAsync("/api/v1/load");
        Assert.True((double)load["journal_ms"]!["p99"]! > 0);
        Assert.True((double)load["trials_per_second"]! > 0);
        (await client.SendAsync(HttpMethod.Post, $"/api/v1/cluster/nodes/{Uri.EscapeDataString((string)self["address"]!)}/drain")).Refused(HttpStatusCode.BadRequest, "bad_request");
    }
}
