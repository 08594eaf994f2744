using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Optuna.Cluster.Security;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>What changes, as it does.</summary>
internal static class EventRoutes
{
    private const int TrialsAtOnce = 200;

    public static IEnumerable<ApiRoute> All =>
    [
        new("GET", "/studies/{study}/events", TokenRole.Read, "Follow a study.", FollowAsync) { Query = ["after"], Answers = "text/event-stream" },
        new("GET", "/events", TokenRole.Read, "Follow the list of studies.", FollowListAsync) { Answers = "text/event-stream" },
    ];

    private static async Task FollowAsync(ApiCall call)
    {
        var after = After(call);
        using var listening = call.Feeds.Listen(await call.StudyAsync().ConfigureAwait(false));
        var feed = listening.Feed;
        var reading = await feed.ReadAsync(call.Cancel).ConfigureAwait(false);
        var stream = new EventStream(call);
        await stream.RunAsync(async ends =>
        {
            var (position, told) = (after ?? reading.Position, Array.Empty<byte>());
            while (true)
            {
                var next = feed.Next;
                reading = feed.Last!;
                (position, told) = await SendAsync(stream, reading, position, told).ConfigureAwait(false);
                if (feed.IsGone)
                {
                    await stream.SendAsync("deleted", $"{position}", json =>
                    {
                        json.WriteStartObject();
                        json.WriteEndObject();
                    }).ConfigureAwait(false);
                    return;
                }

                // What came while this was sent is in the reading already.
                if (!ReferenceEquals(feed.Last, reading))
                    continue;
                if (!await CameAsync(next, ends).ConfigureAwait(false))
                    await stream.AliveAsync().ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    // Only the last event of a reading moves the client's position on: one that is cut before it gets all of them again.
    private static async Task<(ChangePosition Position, byte[] Told)> SendAsync(EventStream stream, StudyReading reading, ChangePosition position, byte[] told)
    {
        var changed = reading.Position == position ? [] : reading.ChangedSince(position).ToList();
        var now = TextOf(reading);
        if (!told.AsSpan().SequenceEqual(now))
        {
            await stream.SendAsync("study", $"{(changed.Count == 0 ? reading.Position : position)}",
                json => json.Study(reading.Summary, reading.Notes, reading.Position.Version)).ConfigureAwait(false);
        }

        for (var at = 0; at < changed.Count; at += TrialsAtOnce)
        {
            var page = changed.Slice(at, Math.Min(TrialsAtOnce, changed.Count - at));
            await stream.SendAsync("trials", $"{(at + page.Count == changed.Count ? reading.Position : position)}", json => Trials(json, reading, page)).ConfigureAwait(false);
        }

        return (reading.Position, now);
    }

    private static void Trials(Utf8JsonWriter json, StudyReading reading, List<FrozenTrial> trials)
    {
        json.WriteStartObject();
        json.WriteNumber("version", reading.Position.Version);
        json.WriteStartArray("trials");
        foreach (var trial in trials)
            json.Trial(reading, trial, TrialParts.Reports);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static byte[] TextOf(StudyReading reading)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
            json.Study(reading.Summary, reading.Notes, version: null);
        return buffer.WrittenSpan.ToArray();
    }

    private static ChangePosition? After(ApiCall call)
    {
        // Browsers repeat the address they were given and add what they got to: that is newer.
        var (name, text) = call.Http.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } last] ? ("Last-Event-ID", last) : ("after", call.Query("after"));
        return text is null ? null
            : ChangePosition.TryParse(text, out var position) ? position
            : throw ApiProblem.Bad($"'{name}' must be the id of an event, or a version (it is '{text}').");
    }

    private static Task FollowListAsync(ApiCall call)
    {
        var stream = new EventStream(call);
        return stream.RunAsync(async ends =>
        {
            // All of them at first: what changed while the client was away, or before it came, needs no memory of it.
            for (ImmutableSortedDictionary<StudyId, StudySummary>? known = null; ;)
            {
                var (now, next) = await call.Services.List.ReadAsync(ends).ConfigureAwait(false);
                var changed = now.Values.Where(s => known?.GetValueOrDefault(s.Id)?.Version != s.Version).ToList();
                if (changed.Count > 0 || known is null)
                    await stream.SendAsync("studies", null, json => Studies(json, changed)).ConfigureAwait(false);
                foreach (var gone in known?.Values.Where(s => !now.ContainsKey(s.Id)) ?? [])
                {
                    await stream.SendAsync("deleted", null, json =>
                    {
                        json.WriteStartObject();
                        json.WriteString("name", gone.Name);
                        json.WriteEndObject();
                    }).ConfigureAwait(false);
                }

                known = now;
                while (!await CameAsync(next, ends).ConfigureAwait(false))
                {
                    await stream.AliveAsync().ConfigureAwait(false);
                    await call.Services.List.ReadAsync(ends).ConfigureAwait(false);
                }
            }
        });
    }

    // False: silence has lasted long enough.
    private static async Task<bool> CameAsync(Task next, CancellationToken ends)
    {
        try
        {
            await next.WaitAsync(EventStream.Silence, ends).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static void Studies(Utf8JsonWriter json, List<StudySummary> studies)
    {
        json.WriteStartObject();
        json.WriteStartArray("studies");
        foreach (var study in studies)
            json.Study(study, new StudyNotes(study), study.Version);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
