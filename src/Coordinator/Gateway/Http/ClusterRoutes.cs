using System.Collections.Immutable;
using Akka.Actor;
using Optuna.Cluster.Protocol;
using Optuna.Cluster.Security;
using Optuna.Coordinator.Studies;
using Optuna.Studies;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>Nodes, workers and leases.</summary>
internal static class ClusterRoutes
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    public static IEnumerable<ApiRoute> All =>
    [
        new("GET", "/cluster", TokenRole.Read, "Show the coordinators, as this one sees them.", ShowAsync),
        new("GET", "/workers", TokenRole.Read, "List workers that hold trials.", WorkersAsync) { Query = ["study"] },
        new("GET", "/leases", TokenRole.Read, "List running trials and who holds them.", LeasesAsync) { Query = ["study"] },
        new("GET", "/load", TokenRole.Read, "Show how busy this node is.", LoadAsync),
        new("POST", "/studies/{study}/workers/{id}/drain", TokenRole.Write, "Give a worker no more trials of a study.", DrainWorkerAsync) { Body = BodiesContext.Default.Nothing, Status = 202 },
        new("POST", "/cluster/nodes/{address}/drain", TokenRole.Admin, "Let a coordinator hand over its studies.", call => DrainNodeAsync(call, isDrained: true)) { Body = BodiesContext.Default.Nothing, Status = 202 },
        new("POST", "/cluster/nodes/{address}/resume", TokenRole.Admin, "Let a coordinator host studies again.", call => DrainNodeAsync(call, isDrained: false)) { Body = BodiesContext.Default.Nothing, Status = 202 },
    ];

    private static async Task ShowAsync(ApiCall call)
    {
        var picture = await ClusterPicture.ReadAsync(call.Services.System, DrainedAsync(call), s_patience, call.Cancel).ConfigureAwait(false);
        await call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("self", $"{picture.Self}");
            json.WriteString("leader", picture.Leader?.ToString());
            json.WriteStartArray("nodes");
            foreach (var member in picture.Members)
            {
                json.WriteStartObject();
                json.WriteString("address", $"{member.Address}");
                json.WriteString("status", member.Status);
                json.WriteStartArray("roles");
                foreach (var role in member.Roles)
                    json.WriteStringValue(role);
                json.WriteEndArray();
                json.WriteBoolean("drained", member.Drained);
                Number("studies", member.Studies);
                Number("shards", member.Shards);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();

            void Number(string name, int? value)
            {
                if (value is { } number)
                    json.WriteNumber(name, number);
                else
                    json.WriteNull(name);
            }
        }).ConfigureAwait(false);
    }

    private static async Task<ImmutableArray<string>> DrainedAsync(ApiCall call) =>
        (await call.Door.AskAsync(new CatalogCommands.ListDrainedNodes(), call.Cancel).ConfigureAwait(false)).OrProblem<CatalogReplies.DrainedNodes>().Nodes;

    private static async Task WorkersAsync(ApiCall call)
    {
        var held = await HeldAsync(call).ConfigureAwait(false);
        var full = StudySettings.From(call.Services.System.Settings.Config).Lease;
        await call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("workers");
            foreach (var worker in held.Where(h => !string.IsNullOrEmpty(h.Lease.Worker.Value)).GroupBy(h => (h.Lease.Worker, h.Study)))
            {
                json.WriteStartObject();
                json.WriteString("id", worker.Key.Worker.Value);
                json.WriteString("study", worker.Key.Study);
                json.WriteStartArray("running");
                foreach (var (_, lease) in worker)
                    json.WriteNumberValue(lease.Number);
                json.WriteEndArray();
                json.WritePropertyName("last_heard");
                json.Seconds(worker.Max(w => w.Lease.Left) is { } left ? full - left : null);
                json.WriteBoolean("draining", worker.Any(w => w.Lease.Draining));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static async Task LeasesAsync(ApiCall call)
    {
        var held = await HeldAsync(call).ConfigureAwait(false);
        await call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("leases");
            foreach (var (study, lease) in held)
            {
                json.WriteStartObject();
                json.WriteString("study", study);
                json.WriteNumber("trial", lease.Number);
                json.Holder(lease);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    // Of all studies only those are asked in which something runs: a page that looks every few seconds wakes none.
    private static async Task<List<(string Study, TrialLease Lease)>> HeldAsync(ApiCall call)
    {
        var studies = call.Query("study") is { } name
            ? [(Id: await call.StudyAsync(name).ConfigureAwait(false), Name: name)]
            : (await call.Services.List.ReadAsync(call.Cancel).ConfigureAwait(false)).Studies.Values.Where(s => s.Counts.Running > 0).Select(s => (s.Id, s.Name)).ToArray();
        var replies = await Task.WhenAll(studies.Select(s => call.Door.AskAsync(s.Id, new StudyQueries.GetLeases(), call.Cancel))).ConfigureAwait(false);
        // Those deleted meanwhile are left out.
        return [.. studies.Zip(replies, (study, reply) => (study.Name, Held: (reply as StudyReplies.Leases)?.Held ?? [])).SelectMany(s => s.Held.Select(l => (s.Name, l)))];
    }

    private static Task LoadAsync(ApiCall call)
    {
        var load = call.Services.Load.Read();
        return call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("trials_per_second", load.TrialsPerSecond);
            json.WriteNumber("queue_depth", load.QueueDepth);
            Percentiles("suggest_ms", load.Suggest);
            Percentiles("journal_ms", load.Journal);
            json.WriteNumber("journal_lag", load.JournalLag.TotalSeconds);
            json.WriteEndObject();

            void Percentiles(string name, (double P50, double P99)? seconds)
            {
                json.WriteStartObject(name);
                Milliseconds("p50", seconds?.P50);
                Milliseconds("p99", seconds?.P99);
                json.WriteEndObject();
            }

            void Milliseconds(string name, double? seconds)
            {
                if (seconds is { } s)
                    json.WriteNumber(name, s * 1000);
                else
                    json.WriteNull(name);
            }
        });
    }

    private static async Task DrainWorkerAsync(ApiCall call)
    {
        await call.BodyAsync(BodiesContext.Default.Nothing).ConfigureAwait(false);
        var command = new StudyCommands.DrainWorker(new WorkerId(call.Segment("id")));
        await call.AskAsync<StudyReplies.Accepted>(await call.StudyAsync().ConfigureAwait(false), command).ConfigureAwait(false);
        await call.NothingAsync(202).ConfigureAwait(false);
    }

    private static async Task DrainNodeAsync(ApiCall call, bool isDrained)
    {
        await call.BodyAsync(BodiesContext.Default.Nothing).ConfigureAwait(false);
        var typed = call.Segment("address");
        var node = Address.TryParse(typed, out var address) && address is { Host: not null, Port: not null } ? $"{address.Host}:{address.Port}" : typed;
        (await call.Door.AskAsync(new CatalogCommands.DrainNode(node, isDrained), call.Cancel).ConfigureAwait(false)).OrProblem<StudyReplies.Accepted>();
        await call.NothingAsync(202).ConfigureAwait(false);
    }
}
