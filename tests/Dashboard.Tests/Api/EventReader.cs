using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Optuna.Tests.Api;

/// <summary>The events of one stream, one after the other.</summary>
internal sealed class EventReader(HttpResponseMessage reply, Stream stream) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly IAsyncEnumerator<SseItem<string>> _events = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();

    /// <summary>As a browser remembers it.</summary>
    public string? LastId { get; private set; }

    /// <summary>The next event; null at the end of the stream, however it ended.</summary>
    public async Task<(string Name, JsonNode Data)?> NextAsync()
    {
        try
        {
            if (!await _events.MoveNextAsync().AsTask().WaitAsync(Patience))
                return null;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return null;
        }

        LastId = _events.Current.EventId ?? LastId;
        return (_events.Current.EventType, JsonNode.Parse(_events.Current.Data)!);
    }

    /// <summary>Reads on until an event is what it should be.</summary>
    public async Task<JsonNode> UntilAsync(string name, Func<JsonNode, bool> isIt)
    {
        while (true)
        {
            var (found, data) = await NextAsync() ?? throw new InvalidOperationException("The stream has ended.");
            if (found == name && isIt(data))
                return data;
        }
    }

    public async ValueTask DisposeAsync()
    {
        reply.Dispose();
        await stream.DisposeAsync();
    }
}
