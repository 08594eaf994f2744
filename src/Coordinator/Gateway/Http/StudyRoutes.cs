using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Optuna.Cluster.Client;
using Optuna.Cluster.Protocol;
using Optuna.Cluster.Security;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>Studies: found, made, changed, deleted.</summary>
internal static class StudyRoutes
{
    private static readonly string[] s_sorts = ["name", "created", "updated", "trials", "best"];

    public static IEnumerable<ApiRoute> All =>
    [
        new("GET", "/studies", TokenRole.Read, "List studies.", ListAsync) { Query = ["search", "sort", "offset", "limit"] },
        new("POST", "/studies", TokenRole.Write, "Make a study.", CreateAsync) { Body = BodiesContext.Default.CreateStudy, Status = 201 },
        new("GET", "/studies/{study}", TokenRole.Read, "Show a study.", async call => await call.AnswerStudyAsync(await call.StudyAsync().ConfigureAwait(false)).ConfigureAwait(false)),
        new("PATCH", "/studies/{study}", TokenRole.Write, "Rename a study.", RenameAsync) { Body = BodiesContext.Default.Rename },
        new("DELETE", "/studies/{study}", TokenRole.Admin, "Delete a study with its trials.", DeleteAsync) { Status = 204 },
        new("POST", "/studies/{study}/pause", TokenRole.Write, "Give out no trials for now.", call => SetModeAsync(call, StudyMode.Paused)) { Body = BodiesContext.Default.Nothing },
        new("POST", "/studies/{study}/resume", TokenRole.Write, "Give out trials again.", call => SetModeAsync(call, StudyMode.Running)) { Body = BodiesContext.Default.Nothing },
        new("POST", "/studies/{study}/stop", TokenRole.Write, "Let workers finish what they have, and end.", call => SetModeAsync(call, StudyMode.Stopped)) { Body = BodiesContext.Default.Nothing },
        new("PUT", "/studies/{study}/budget", TokenRole.Write, "Set how many trials there may be in all.", SetBudgetAsync) { Body = BodiesContext.Default.Budget },
        new("PUT", "/studies/{study}/user-attrs/{key}", TokenRole.Write, "Set a user attribute.", SetAttrAsync) { Body = BodiesContext.Default.Attribute, Status = 204 },
        new("GET", "/studies/{study}/note", TokenRole.Read, "Show the study's note.", NoteAsync),
        new("PUT", "/studies/{study}/note", TokenRole.Write, "Write the study's note.", SetNoteAsync) { Body = BodiesContext.Default.Note },
    ];

    private static async Task ListAsync(ApiCall call)
    {
        var search = call.Query("search") ?? "";
        var sort = call.Query("sort") ?? "name";
        var descending = sort.StartsWith('-');
        var key = descending ? sort[1..] : sort;
        if (!s_sorts.Contains(key))
            throw ApiProblem.Bad($"'sort' must be one of {string.Join(", ", s_sorts)}, with - before it for descending (it is '{sort}').");
        var (offset, limit) = ((int)call.Query("offset", 0, 0, int.MaxValue), (int)call.Query("limit", 100, 1, 1000));
        var found = (await call.Door.SummariesAsync(call.Cancel).ConfigureAwait(false))
            .Where(s => s.Name.Contains(search, StringComparison.OrdinalIgnoreCase)).ToList();
        IOrderedEnumerable<StudySummary> sorted = key switch
        {
            "name" => Ordered(s => s.Name, StringComparer.OrdinalIgnoreCase),
            "created" => Ordered(s => s.CreatedAt ?? DateTime.MinValue),
            "updated" => Ordered(s => s.UpdatedAt ?? DateTime.MinValue),
            "trials" => Ordered(s => s.Counts.Total),
            // Those without come last either way.
            _ => descending
                ? found.OrderBy(s => s.BestFeasible is null).ThenByDescending(s => s.BestFeasible?.Value)
                : found.OrderBy(s => s.BestFeasible is null).ThenBy(s => s.BestFeasible?.Value),
        };
        await call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("studies");
            foreach (var study in sorted.ThenBy(s => s.Id.Value).Skip(offset).Take(limit))
                json.Study(study, new StudyNotes(study), study.Version);
            json.WriteEndArray();
            json.WriteNumber("total", found.Count);
            json.WriteEndObject();
        }).ConfigureAwait(false);

        IOrderedEnumerable<StudySummary> Ordered<T>(Func<StudySummary, T> by, IComparer<T>? comparer = null) =>
            descending ? found.OrderByDescending(by, comparer) : found.OrderBy(by, comparer);
    }

    private static async Task CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync(BodiesContext.Default.CreateStudy).ConfigureAwait(false);
        if (body.Directions.Length == 0)
            throw ApiProblem.Bad("'directions' must hold at least one of \"minimize\" and \"maximize\".");
        if (body.NTrials < 0)
            throw ApiProblem.Bad($"'n_trials' must not be negative (it is {body.NTrials}).");
        if (body.MetricNames is { } given && given.Length != body.Directions.Length)
            throw ApiProblem.Bad($"'metric_names' must have one name per objective ({body.Directions.Length}); {given.Length} were given.");
        if (body.MetricNames?.Any(n => n is null) == true)
            throw ApiProblem.Bad("'metric_names' must hold texts; one of them is null.");
        var request = call.RequestId();
        var spec = new StudyCommands.CreateStudy(
            body.Name ?? $"no-name-{request:D}", [.. body.Directions.Select(BodyValues.Direction)],
            body.Sampler is { } sampler ? new ComponentSpec(sampler) : ComponentSpec.Default, body.Pruner is { } pruner ? new ComponentSpec(pruner) : ComponentSpec.Default,
            BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), OptunaClient.DefaultRetryLimit);
        var found = (await call.Door.AskAsync(new CatalogCommands.CreateStudy(request, spec, body.LoadIfExists), call.Cancel).ConfigureAwait(false))
            .OrProblem<CatalogReplies.StudyFound>();
        if (found.Created && body.MetricNames is { } names)
            await call.AskAsync<StudyReplies.Accepted>(found.Study, new StudyCommands.SetMetricNames([.. names])).ConfigureAwait(false);
        if (found.Created && body.NTrials is { } trials)
            await call.AskAsync<StudyReplies.Accepted>(found.Study, new StudyCommands.SetBudget(trials)).ConfigureAwait(false);
        await call.AnswerStudyAsync(found.Study, found.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK).ConfigureAwait(false);
    }

    private static async Task RenameAsync(ApiCall call)
    {
        var name = call.Segment("study");
        var body = await call.BodyAsync(BodiesContext.Default.Rename).ConfigureAwait(false);
        var study = await call.StudyAsync(name).ConfigureAwait(false);
        (await call.Door.AskAsync(new CatalogCommands.RenameStudy(name, body.Name), call.Cancel).ConfigureAwait(false)).OrProblem<StudyReplies.Accepted>();
        await call.AnswerStudyAsync(study).ConfigureAwait(false);
    }

    private static async Task DeleteAsync(ApiCall call)
    {
        var name = call.Segment("study");
        var study = await call.StudyAsync(name).ConfigureAwait(false);
        (await call.Door.AskAsync(new CatalogCommands.DeleteStudy(name, study), call.Cancel).ConfigureAwait(false)).OrProblem<StudyReplies.Accepted>();
        await call.NothingAsync().ConfigureAwait(false);
    }

    private static async Task SetModeAsync(ApiCall call, StudyMode mode)
    {
        await call.BodyAsync(BodiesContext.Default.Nothing).ConfigureAwait(false);
        await ChangeAsync(call, new StudyCommands.SetMode(mode)).ConfigureAwait(false);
    }

    private static async Task SetBudgetAsync(ApiCall call)
    {
        var body = await call.BodyAsync(BodiesContext.Default.Budget).ConfigureAwait(false);
        await ChangeAsync(call, new StudyCommands.SetBudget(body.NTrials)).ConfigureAwait(false);
    }

    private static async Task SetAttrAsync(ApiCall call)
    {
        var body = await call.BodyAsync(BodiesContext.Default.Attribute).ConfigureAwait(false);
        var command = new StudyCommands.SetStudyAttr(AttrKind.User, call.Segment("key"), BodyValues.Json(body.Value));
        await call.AskAsync<StudyReplies.Accepted>(await call.StudyAsync().ConfigureAwait(false), command).ConfigureAwait(false);
        await call.NothingAsync().ConfigureAwait(false);
    }

    private static async Task NoteAsync(ApiCall call)
    {
        var summary = await call.SummaryAsync().ConfigureAwait(false);
        await AnswerNoteAsync(call, new StudyNotes(summary).OfStudy).ConfigureAwait(false);
    }

    private static async Task SetNoteAsync(ApiCall call)
    {
        var body = await call.BodyAsync(BodiesContext.Default.Note).ConfigureAwait(false);
        await WriteNoteAsync(call, await call.SummaryAsync().ConfigureAwait(false), null, body.Text).ConfigureAwait(false);
    }

    /// <param name="trial">Null: the study's own.</param>
    public static async Task WriteNoteAsync(ApiCall call, StudySummary study, int? trial, string note)
    {
        foreach (var (key, json) in StudyNotes.Write(study, trial, note))
            await call.AskAsync<StudyReplies.Accepted>(study.Id, new StudyCommands.SetStudyAttr(AttrKind.System, key, json)).ConfigureAwait(false);
        await AnswerNoteAsync(call, note).ConfigureAwait(false);
    }

    public static Task AnswerNoteAsync(ApiCall call, string note) => call.JsonAsync(json =>
    {
        json.WriteStartObject();
        json.WriteString("note", note);
        json.WriteEndObject();
    });

    private static async Task ChangeAsync(ApiCall call, IStudyCommand command)
    {
        var study = await call.StudyAsync().ConfigureAwait(false);
        await call.AskAsync<StudyReplies.Accepted>(study, command).ConfigureAwait(false);
        await call.AnswerStudyAsync(study).ConfigureAwait(false);
    }
}
