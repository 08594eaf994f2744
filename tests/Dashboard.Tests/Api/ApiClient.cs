using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Optuna.Tests.Api;

/// <summary>Talks to a coordinator as a page or a script does.</summary>
internal sealed class ApiClient(string address, string? token = null) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri($"http://{address}"), Timeout = TimeSpan.FromMinutes(2) };

    public static string NewName() => $"study {Guid.NewGuid():N}";

    public static string Path(string study, string rest = "") => $"/api/v1/studies/{Uri.EscapeDataString(study)}{rest}";

    public async Task<ApiReply> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method != HttpMethod.Get)
        {
            var text = body as string ?? (body is null ? "{}" : System.Text.Json.JsonSerializer.Serialize(body));
            request.Content = new ByteArrayContent(method == HttpMethod.Delete ? [] : Encoding.UTF8.GetBytes(text));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.Remove(name);
                if (value.Length > 0)
                    request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var reply = await _http.SendAsync(request);
        return new ApiReply(reply.StatusCode, await reply.Content.ReadAsStringAsync(), reply.Headers.Concat(reply.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    public async Task<JsonNode> GetAsync(string path) => (await SendAsync(HttpMethod.Get, path)).Expect(HttpStatusCode.OK);

    public async Task<JsonNode> PostAsync(string path, object? body = null, HttpStatusCode expected = HttpStatusCode.Created) =>
        (await SendAsync(HttpMethod.Post, path, body)).Expect(expected);

    public Task<JsonNode> CreateAsync(string name, params string[] directions) =>
        PostAsync("/api/v1/studies", new { name, directions = directions.Length == 0 ? ["minimize"] : directions, sampler = "random" });

    /// <summary>Asks for a trial, with a parameter x, and tells it.</summary>
    public async Task<int> TrialAsync(string study, double value, string state = "complete")
    {
        var asked = await PostAsync(Path(study, "/trials/ask"));
        var number = (int)asked["number"]!;
        await PostAsync(Path(study, $"/trials/{number}/suggest"), new { lease = (long)asked["lease"]!, name = "x", distribution = X }, HttpStatusCode.OK);
        var values = state == "complete" ? new[] { value } : null;
        await PostAsync(Path(study, $"/trials/{number}/tell"), new { lease = (long)asked["lease"]!, state, values }, HttpStatusCode.OK);
        return number;
    }

    public static object X => new { name = "FloatDistribution", attributes = new { low = 0.0, high = 1.0, log = false, step = (double?)null } };

    /// <summary>Follows events from a position on.</summary>
    public async Task<EventReader> FollowAsync(string path, string? lastId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", lastId);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var reply = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal("text/event-stream", reply.Content.Headers.ContentType!.MediaType);
        return new EventReader(reply, await reply.Content.ReadAsStreamAsync());
    }

    public void Dispose() => _http.Dispose();
}

internal sealed record ApiReply(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Expect(HttpStatusCode status)
    {
        Assert.True(Status == status, $"{Status}: {Text}");
        return Text.Length == 0 ? new JsonObject() : JsonNode.Parse(Text)!;
    }

    /// <summary>A refusal with this status and code; its sentence.</summary>
    public string Refused(HttpStatusCode status, string code)
    {
        var problem = Expect(status);
        Assert.Equal("application/problem+json", Headers["Content-Type"]);
        Assert.Equal((code, (int)status), ((string)problem["code"]!, (int)problem["status"]!));
        return (string)problem["detail"]!;
    }
}
