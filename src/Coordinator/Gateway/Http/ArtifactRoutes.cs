using Microsoft.AspNetCore.Http;
using Optuna.Artifacts;
using Optuna.Cluster.Security;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>Files of studies and trials, if this node was told where they lie.</summary>
internal static class ArtifactRoutes
{
    public static IEnumerable<ApiRoute> All =>
    [
        new("GET", "/studies/{study}/artifacts", TokenRole.Read, "List the study's own artifacts.", async call =>
        {
            var reading = await call.ReadAsync().ConfigureAwait(false);
            await ListAsync(call, ArtifactMeta.ReadAll(reading.Summary.SystemAttrs)).ConfigureAwait(false);
        }),
        new("GET", "/studies/{study}/trials/{number}/artifacts", TokenRole.Read, "List a trial's artifacts.", async call =>
        {
            var (reading, number) = (await call.ReadAsync().ConfigureAwait(false), call.Number("number"));
            var trial = reading.Find(number) ?? throw ApiProblem.NoTrial(reading.Summary.Name, number);
            await ListAsync(call, trial.GetAllArtifactMeta()).ConfigureAwait(false);
        }),
        new("GET", "/studies/{study}/artifacts/{id}", TokenRole.Read, "Download an artifact.", DownloadAsync) { Answers = "application/octet-stream" },
    ];

    private static async Task ListAsync(ApiCall call, IReadOnlyList<ArtifactMeta> found)
    {
        var sizes = new List<long?>();
        foreach (var meta in found)
            sizes.Add(await SizeAsync(call, meta).ConfigureAwait(false));
        await call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("artifacts");
            foreach (var (meta, size) in found.Zip(sizes))
            {
                json.WriteStartObject();
                json.WriteString("id", meta.ArtifactId);
                json.WriteString("filename", meta.Filename);
                json.WriteString("mimetype", meta.Mimetype);
                if (size is { } bytes)
                    json.WriteNumber("size", bytes);
                else
                    json.WriteNull("size");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    // Null without a store, and for an id without bytes, which an upload that failed leaves.
    private static async Task<long?> SizeAsync(ApiCall call, ArtifactMeta meta)
    {
        if (call.Services.Artifacts is not { } store)
            return null;
        try
        {
            await using var content = await store.OpenReaderAsync(meta.ArtifactId, call.Cancel).ConfigureAwait(false);
            return content.Length;
        }
        catch (Exception e) when (e is ArtifactNotFoundException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static async Task DownloadAsync(ApiCall call)
    {
        var store = call.Services.Artifacts
            ?? throw new ApiProblem(StatusCodes.Status404NotFound, "no_artifact_store", "This coordinator was not told where artifacts lie: HOCON optuna.artifacts.folder.");
        var (reading, id) = (await call.ReadAsync().ConfigureAwait(false), call.Segment("id"));
        // Only what this study or one of its trials names: who may read one study is not let into the folder.
        var meta = ArtifactMeta.ReadAll(reading.Summary.SystemAttrs).Concat(reading.Trials.SelectMany(t => t.GetAllArtifactMeta())).FirstOrDefault(m => m.ArtifactId == id);
        Stream content;
        try
        {
            content = await store.OpenReaderAsync(meta?.ArtifactId ?? throw Missing(reading, id), call.Cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ArtifactNotFoundException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw Missing(reading, id);
        }

        await using (content)
        {
            var response = call.Http.Response;
            // Whatever its uploader called it: kept, never shown.
            response.ContentType = "application/octet-stream";
            response.ContentLength = content.Length;
            response.Headers.CacheControl = "no-store";
            response.Headers.ContentDisposition = Download.Named(meta!.Filename);
            await content.CopyToAsync(response.Body, call.Cancel).ConfigureAwait(false);
        }
    }

    private static ApiProblem Missing(StudyReading reading, string id) =>
        new(StatusCodes.Status404NotFound, "artifact_not_found", $"Study '{reading.Summary.Name}' has no artifact '{id}'.");
}
