using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Optuna.Cluster.Protocol;
using Optuna.Cluster.Serialization;
using Optuna.Studies;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>One call of the API: what it says, read strictly, and how it is answered.</summary>
internal sealed class ApiCall(HttpContext http, ApiServices services)
{
    public HttpContext Http => http;

    public ApiServices Services => services;

    public StudyDoor Door => services.Door;

    public StudyFeeds Feeds => services.Feeds;

    public CancellationToken Cancel => http.RequestAborted;

    /// <summary>A parameter of the path, decoded once and only once: <c>a%2Fb</c> is <c>a/b</c>, which the server's own path does not tell from other texts.</summary>
    public string Segment(string name)
    {
        var pattern = ((RouteEndpoint)http.GetEndpoint()!).RoutePattern.PathSegments;
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var raw = target.Split('?', 2)[0].Split('/');
        if (raw.Length != pattern.Count + 1)
            throw ApiProblem.NoRoute(http.Request.Path);
        for (var i = 0; i < pattern.Count; i++)
        {
            if (pattern[i].Parts is [Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart part] && part.Name == name)
                return Uri.UnescapeDataString(raw[i + 1]);
        }

        throw new InvalidOperationException($"The route has no parameter '{name}'.");
    }

    /// <summary>The number in the path.</summary>
    public int Number(string name) => int.TryParse(Segment(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw ApiProblem.Bad($"'{name}' in the path must be a whole number (it is '{Segment(name)}').");

    /// <summary>A parameter of the query; null when it is not there.</summary>
    public string? Query(string name)
    {
        var values = http.Request.Query[name];
        return values.Count switch
        {
            0 => null,
            1 => values[0],
            _ => throw ApiProblem.Bad($"'{name}' stands {values.Count} times in the query."),
        };
    }

    /// <summary>A whole number in the query.</summary>
    public long Query(string name, long otherwise, long least, long most) => Query(name) is not { } text ? otherwise
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw ApiProblem.Bad($"'{name}' must be a whole number from {least} to {most} (it is '{text}').");

    /// <summary>Texts with commas between them; null when the parameter is not there.</summary>
    public IReadOnlyList<string>? QueryList(string name) => Query(name) is { } text ? text.Split(',', StringSplitOptions.RemoveEmptyEntries) : null;

    public IReadOnlyList<string> QueryAll(string name) => [.. http.Request.Query[name].OfType<string>()];

    /// <summary>Names of parameters: <c>params</c>, with commas between them, and each <c>param</c> as it stands; null when neither is there.</summary>
    public IReadOnlyList<string>? ParamNames() => (QueryList("params"), QueryAll("param")) switch
    {
        (var list, []) => list,
        var (list, names) => [.. list ?? [], .. names],
    };

    /// <summary>Every parameter of the query is one the call knows.</summary>
    public void AllowQuery(IReadOnlyCollection<string> known)
    {
        foreach (var name in http.Request.Query.Keys)
        {
            if (!known.Contains(name))
                throw ApiProblem.Bad($"'{name}' is no parameter of this call; {(known.Count == 0 ? "it has none" : $"it has {string.Join(", ", known)}")}.");
        }
    }

    /// <summary>The body, strictly: an unknown, missing or repeated member is refused by name.</summary>
    public async Task<T> BodyAsync<T>(JsonTypeInfo<T> type) where T : class
    {
        // Its size is bounded by the server.
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, Cancel).ConfigureAwait(false);
        var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        AssertWhole(bytes);
        try
        {
            return JsonSerializer.Deserialize(bytes, type) ?? throw ApiProblem.Bad("The body must be a JSON object (it is null).");
        }
        catch (JsonException e)
        {
            throw ApiProblem.Bad($"The body will not do: {e.Message}");
        }
    }

    // Parts of a body are read where they are used; that they are JSON and text at all is certain by then.
    private static void AssertWhole(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    reader.GetString();
            }
        }
        catch (JsonException e)
        {
            throw ApiProblem.Bad($"The body is no JSON: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            throw ApiProblem.Bad($"The body will not do: the text at byte {reader.TokenStartIndex} is no Unicode.");
        }
    }

    /// <summary>The study the path names.</summary>
    public Task<StudyId> StudyAsync() => StudyAsync(Segment("study"));

    public async Task<StudyId> StudyAsync(string name)
    {
        // Half a surrogate pair is no text, and no name.
        if (!WireText.IsWhole(name))
            throw ApiProblem.NoStudy(name);
        var reply = await Door.AskAsync(new CatalogCommands.FindStudy(name), Cancel).ConfigureAwait(false);
        return reply is StudyReplies.Rejected { Code: Rejection.StudyNotFound } ? throw ApiProblem.NoStudy(name) : reply.OrProblem<CatalogReplies.StudyFound>().Study;
    }

    /// <summary>The study the path names, as it is now, without its trials.</summary>
    public async Task<StudySummary> SummaryAsync() => await SummaryAsync(await StudyAsync().ConfigureAwait(false)).ConfigureAwait(false);

    public async Task<StudySummary> SummaryAsync(StudyId study) => (await AskAsync<StudyReplies.Summary>(study, new StudyQueries.GetSummary()).ConfigureAwait(false)).Study;

    /// <summary>The study the path names, as it is now, with its trials.</summary>
    public async Task<StudyReading> ReadAsync() => await Feeds.ReadAsync(await StudyAsync().ConfigureAwait(false), Cancel).ConfigureAwait(false);

    public async Task<T> AskAsync<T>(StudyId study, object body) where T : IStudyReply =>
        (await Door.AskAsync(study, body, Cancel).ConfigureAwait(false)).OrProblem<T>();

    /// <summary>What makes the wish recognisable when it is repeated: the same for the same path and <c>Idempotency-Key</c>, another each time without one.</summary>
    public Guid RequestId()
    {
        var keys = http.Request.Headers["Idempotency-Key"];
        if (keys.Count == 0)
            return Guid.NewGuid();
        if (keys is not [{ Length: >= 1 and <= 64 } key] || key.Any(c => c is < '!' or > '~'))
            throw ApiProblem.Bad("The header Idempotency-Key must be 1 to 64 visible ASCII characters.");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget}\n{key}"));
        return new Guid(hash.AsSpan(0, 16));
    }

    /// <summary>An answer in JSON begins: what is written into it is on its way.</summary>
    public HttpResponse BeginJson(int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response;
    }

    public Task JsonAsync(Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return BeginJson(status).Body.WriteAsync(buffer.WrittenMemory, Cancel).AsTask();
    }

    /// <summary>Answers with STUDY: its trials are not read for it.</summary>
    public async Task AnswerStudyAsync(StudyId study, int status = StatusCodes.Status200OK)
    {
        var summary = await SummaryAsync(study).ConfigureAwait(false);
        await JsonAsync(json => json.Study(summary, new StudyNotes(summary), summary.Version), status).ConfigureAwait(false);
    }

    public Task NothingAsync(int status = StatusCodes.Status204NoContent)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
