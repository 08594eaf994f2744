using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Optuna.Tests.Artifacts;

/// <summary>A server on loopback that keeps what is PUT under a path: as much of S3's and of Azure Blob Storage's protocol as a store needs.</summary>
internal sealed class StubBucket : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _failures;

    private StubBucket(WebApplication app) => _app = app;

    public ConcurrentDictionary<string, byte[]> Objects { get; } = new();

    public string Url => _app.Urls.Single();

    /// <summary>The next so many requests are answered "503".</summary>
    public void Fail(int requests) => Volatile.Write(ref _failures, requests);

    public static async Task<StubBucket> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var bucket = new StubBucket(builder.Build());
        bucket._app.Run(bucket.AnswerAsync);
        await bucket._app.StartAsync();
        return bucket;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var key = http.Request.Path.Value!;
        if (Interlocked.Decrement(ref _failures) >= 0)
        {
            http.Response.StatusCode = 503;
        }
        else if (http.Request.Method == "PUT")
        {
            var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            Objects[key] = body.ToArray();
            http.Response.StatusCode = http.Request.Headers.ContainsKey("x-ms-version") ? 201 : 200;
            http.Response.Headers.ETag = "\"1\"";
            http.Response.Headers.LastModified = "Fri, 02 Jan 2026 03:04:05 GMT";
        }
        else if (!Objects.TryGetValue(key, out var bytes))
        {
            http.Response.StatusCode = 404;
            http.Response.ContentType = "application/xml";
            http.Response.Headers["x-ms-error-code"] = "BlobNotFound";
            await http.Response.WriteAsync("<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code><Message>There is no such key.</Message></Error>");
        }
        else if (http.Request.Method == "DELETE")
        {
            Objects.TryRemove(key, out _);
            http.Response.StatusCode = http.Request.Headers.ContainsKey("x-ms-version") ? 202 : 204;
        }
        else
        {
            http.Response.Headers.ETag = "\"1\"";
            http.Response.Headers.LastModified = "Fri, 02 Jan 2026 03:04:05 GMT";
            http.Response.Headers["x-ms-blob-type"] = "BlockBlob";
            http.Response.ContentType = "application/octet-stream";
            http.Response.ContentLength = bytes.Length;
            await http.Response.Body.WriteAsync(bytes);
        }
    }
}
