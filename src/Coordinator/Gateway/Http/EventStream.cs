using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>Server-sent events to one client. Nothing is kept for it: what it has not taken yet is not made yet, and one that does not take it in time is cut.</summary>
internal sealed class EventStream(ApiCall call)
{
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static int s_open;

    /// <summary>So many streams at once on one node; more are told to come back.</summary>
    private const int Most = 256;

    /// <summary>Opens the stream, runs it, and ends it when the client goes, is too slow, or the node ends.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> run)
    {
        if (Interlocked.Increment(ref s_open) > Most)
        {
            Interlocked.Decrement(ref s_open);
            throw new ApiProblem(StatusCodes.Status503ServiceUnavailable, "unavailable", $"{Most} streams of events are open at this node; try another one, or later.");
        }

        try
        {
            var response = call.Http.Response;
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-store";
            response.Headers["X-Accel-Buffering"] = "no";
            call.Http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(call.Cancel, call.Services.Stopping);
            try
            {
                // The reconnection time, which also shows proxies and browsers that there is an answer.
                await WriteAsync("retry: 1000\n\n"u8.ToArray()).ConfigureAwait(false);
                await run(ends.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // It goes on elsewhere, from the last event it has.
                if (!call.Services.Stopping.IsCancellationRequested)
                    call.Http.Abort();
            }
        }
        finally
        {
            Interlocked.Decrement(ref s_open);
        }
    }

    /// <param name="id">What the client says when it comes back; null leaves the last one.</param>
    public Task SendAsync(string name, string? id, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        buffer.Write(Encoding.UTF8.GetBytes($"{(id is null ? "" : $"id: {id}\n")}event: {name}\ndata: "));
        // JSON texts have no line breaks of their own.
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        buffer.Write("\n\n"u8);
        return WriteAsync(buffer.WrittenMemory);
    }

    /// <summary>A sign of life.</summary>
    public Task AliveAsync() => WriteAsync(": alive\n\n"u8.ToArray());

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(call.Cancel);
        patience.CancelAfter(s_patience);
        await call.Http.Response.Body.WriteAsync(bytes, patience.Token).ConfigureAwait(false);
        await call.Http.Response.Body.FlushAsync(patience.Token).ConfigureAwait(false);
    }
}
