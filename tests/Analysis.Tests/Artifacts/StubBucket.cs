using System.Collections.Concurrent;
using System.Security.Cryptography;
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
            SetTag(http.Response, Objects[key]);
            http.Response.StatusCode = http.Request.Headers.ContainsKey("x-ms-version") ? 201 : 200;
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
            SetTag(http.Response, bytes);
            http.Response.Headers["x-ms-blob-type"] = "BlockBlob";
            http.Response.ContentType = "application/octet-stream";
            http.Response.ContentLength = bytes.Length;
            await http.Response.Body.WriteAsync(bytes);
        }
    }

    // S3's tag is the MD5 of the bytes, and its client checks them by it.
    private static void SetTag(HttpResponse response, byte[] bytes)
    {
        response.Headers.ETag = $"\"{Convert.ToHexStringLower(MD5.HashData(bytes))}\"";
        response.Headers.LastModified = "Fri, 02 Jan 2026 03:04:05 GMT";
    }
}
