using Microsoft.AspNetCore.Http;
using Optuna.Cluster.Security;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>Trials: found, asked for, told, queued.</summary>
internal static class TrialRoutes
{
    private const string Trials = "/studies/{study}/trials";

    public static IEnumerable<ApiRoute> All =>
    [
        new("GET", Trials, TokenRole.Read, "List trials.", ListAsync) { Query = TrialQuery.Names },
        new("GET", $"{Trials}/{{number}}", TokenRole.Read, "Show a trial.", ShowAsync),
        new("GET", "/studies/{study}/columns", TokenRole.Read, "All trials as columns.", ColumnsAsync) { Query = ["params", "param", "fields", "since"] },
        new("POST", $"{Trials}/ask", TokenRole.Write, "Ask for a trial to evaluate.", AskAsync) { Body = BodiesContext.Default.Ask, Status = 201 },
        new("POST", $"{Trials}/{{number}}/suggest", TokenRole.Write, "Ask for a parameter of a running trial.", SuggestAsync) { Body = BodiesContext.Default.Suggest },
        new("POST", $"{Trials}/{{number}}/report", TokenRole.Write, "Report an intermediate value.", ReportAsync) { Body = BodiesContext.Default.Report },
        new("POST", $"{Trials}/{{number}}/tell", TokenRole.Write, "End a trial.", TellAsync) { Body = BodiesContext.Default.Tell },
        new("POST", $"{Trials}/enqueue", TokenRole.Write, "Queue a trial with given parameters.", EnqueueAsync) { Body = BodiesContext.Default.Enqueue, Status = 201 },
        new("POST", $"{Trials}/{{number}}/retry", TokenRole.Write, "Queue a finished trial's parameters once more.", RetryAsync) { Body = BodiesContext.Default.Nothing, Status = 201 },
        new("PUT", $"{Trials}/{{number}}/user-attrs/{{key}}", TokenRole.Write, "Set a user attribute of an unfinished trial.", SetAttrAsync) { Body = BodiesContext.Default.TrialAttribute, Status = 204 },
        new("GET", $"{Trials}/{{number}}/note", TokenRole.Read, "Show a trial's note.", NoteAsync),
        new("PUT", $"{Trials}/{{number}}/note", TokenRole.Write, "Write a trial's note.", SetNoteAsync) { Body = BodiesContext.Default.Note },
    ];

    private static async Task ListAsync(ApiCall call)
    {
        var (offset, limit) = ((int)call.Query("offset", 0, 0, int.MaxValue), (int)call.Query("limit", 100, 1, 1000));
        var reading = await call.ReadAsync().ConfigureAwait(false);
        var found = new TrialQuery(call, reading.Summary.Directions.Length).Select(reading.Trials);
        await call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("trials");
            foreach (var trial in found.Skip(offset).Take(limit))
                json.Trial(reading, trial, TrialParts.None);
            json.WriteEndArray();
            json.WriteNumber("total", found.Count);
            json.WriteNumber("offset", offset);
            json.WriteNumber("version", reading.Position.Version);
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static async Task ShowAsync(ApiCall call) =>
        await AnswerAsync(call, await call.SummaryAsync().ConfigureAwait(false), call.Number("number")).ConfigureAwait(false);

    private static async Task ColumnsAsync(ApiCall call)
    {
        var since = call.Query("since", -1, -1, long.MaxValue);
        var reading = await call.ReadAsync().ConfigureAwait(false);
        FrozenTrial[] trials = [.. since < 0 ? reading.Trials : reading.ChangedSince(new ChangePosition(since, null))];
        var (fields, names) = (call.QueryList("fields"), call.ParamNames());
        if (fields?.FirstOrDefault(f => !TrialColumns.Fields.Contains(f)) is { } other)
            throw ApiProblem.Bad($"'fields' may have {string.Join(", ", TrialColumns.Fields)} (it has '{other}').");
        using var columns = new TrialColumns(call.BeginJson().BodyWriter, reading, trials, call.Cancel);
        await columns.WriteAsync(fields ?? TrialColumns.Fields, names).ConfigureAwait(false);
    }

    private static async Task AskAsync(ApiCall call)
    {
        var body = await call.BodyAsync(BodiesContext.Default.Ask).ConfigureAwait(false);
        var study = await call.StudyAsync().ConfigureAwait(false);
        var reply = await call.Door.AskAsync(study, new StudyCommands.AskTrial(new WorkerId(body.Worker ?? ""), call.RequestId(), body.Budget), call.Cancel).ConfigureAwait(false);
        if (reply is StudyReplies.NoTrialLeft none)
        {
            throw new ApiProblem(StatusCodes.Status409Conflict, "no_trial_left", $"There is no trial to give: the study is {none.Reason.ToString().ToLowerInvariant()}.")
            {
                More = json => json.WriteBoolean("may_change", none.MayChange),
            };
        }

        var asked = reply.OrProblem<StudyReplies.TrialAsked>();
        var given = await TakeAsync(call, study, asked).ConfigureAwait(false);
        await call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("number", asked.Number);
            json.WriteNumber("lease", asked.Lease);
            json.WriteStartObject("params");
            foreach (var (name, value) in given)
            {
                json.WritePropertyName(name);
                json.Value(value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }, StatusCodes.Status201Created).ConfigureAwait(false);
    }

    // What the trial is given with is written down at once: whoever tells it may know only its number. A value somebody fixed is
    // written down as far as the study has seen its distribution; the rest is when it is asked for by name.
    private static async Task<OrderedDictionary<string, object?>> TakeAsync(ApiCall call, StudyId study, StudyReplies.TrialAsked asked)
    {
        var given = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        if (!asked.Drawn.IsEmpty)
        {
            var last = asked.Drawn[^1];
            await call.AskAsync<StudyReplies.ParamSuggested>(study, new StudyCommands.SuggestParam(
                asked.Number, asked.Lease, last.Name, last.Distribution, asked.Drawn[..^1])).ConfigureAwait(false);
        }

        foreach (var p in asked.Drawn)
            given[p.Name] = p.External;
        if (asked.Fixed.IsEmpty)
            return given;
        var known = (await call.Feeds.ReadAsync(study, call.Cancel).ConfigureAwait(false)).Space;
        var values = FixedParams.Read(asked.SystemAttrs);
        foreach (var name in asked.Fixed)
        {
            given[name] = known.TryGetValue(name, out var distribution)
                ? distribution.ToExternal((await call.AskAsync<StudyReplies.ParamSuggested>(study, new StudyCommands.SuggestParam(
                    asked.Number, asked.Lease, name, distribution, [])).ConfigureAwait(false)).Value)
                : values.GetValueOrDefault(name);
        }

        return given;
    }

    private static async Task SuggestAsync(ApiCall call)
    {
        var body = await call.BodyAsync(BodiesContext.Default.Suggest).ConfigureAwait(false);
        var (number, distribution) = (call.Number("number"), BodyValues.Distribution(body.Distribution));
        var study = await call.StudyAsync().ConfigureAwait(false);
        var suggested = await call.AskAsync<StudyReplies.ParamSuggested>(study, new StudyCommands.SuggestParam(number, body.Lease, body.Name, distribution, [])).ConfigureAwait(false);
        await call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("value");
            json.Value(distribution.ToExternal(suggested.Value));
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static async Task ReportAsync(ApiCall call)
    {
        var body = await call.BodyAsync(BodiesContext.Default.Report).ConfigureAwait(false);
        var (number, value) = (call.Number("number"), BodyValues.Number(body.Value, "value"));
        var study = await call.StudyAsync().ConfigureAwait(false);
        var reported = await call.AskAsync<StudyReplies.Reported>(study, new StudyCommands.ReportValue(number, body.Lease, body.Step, value, [])).ConfigureAwait(false);
        await call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("should_prune", reported.ShouldPrune);
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static async Task TellAsync(ApiCall call)
    {
        var body = await call.BodyAsync(BodiesContext.Default.Tell).ConfigureAwait(false);
        var (number, state) = (call.Number("number"), BodyValues.State(body.State, "state"));
        if (!state.IsFinished())
            throw ApiProblem.Bad($"'state' must be complete, pruned or fail (it is '{body.State}').");
        var values = (body.Values ?? []).Select((v, i) => BodyValues.Number(v, $"values[{i}]")).ToArray();
        var study = await call.StudyAsync().ConfigureAwait(false);
        if (body.Lease is null && (await LeaseAsync(call, study, number).ConfigureAwait(false)) is { Worker.Value.Length: > 0 } held)
            throw new ApiProblem(StatusCodes.Status409Conflict, "lease_lost", $"Trial {number} is held by the worker '{held.Worker}': it is told with its 'lease'.");
        await call.AskAsync<StudyReplies.TrialTold>(study, new StudyCommands.TellTrial(number, body.Lease ?? 0, state, [.. values], [])).ConfigureAwait(false);
        await AnswerAsync(call, await call.SummaryAsync(study).ConfigureAwait(false), number).ConfigureAwait(false);
    }

    private static async Task EnqueueAsync(ApiCall call)
    {
        var body = await call.BodyAsync(BodiesContext.Default.Enqueue).ConfigureAwait(false);
        KeyValuePair<string, string>[] attrs = body.UserAttrs is { } given
            ? [.. BodyValues.Object(given, "user_attrs").EnumerateObject().Select(a => KeyValuePair.Create(a.Name, BodyValues.Json(a.Value)))]
            : [];
        await QueueAsync(call, BodyValues.Json(BodyValues.Object(body.Params, "params")), attrs).ConfigureAwait(false);
    }

    private static async Task RetryAsync(ApiCall call)
    {
        await call.BodyAsync(BodiesContext.Default.Nothing).ConfigureAwait(false);
        var number = call.Number("number");
        var trial = await FindAsync(call, await call.StudyAsync().ConfigureAwait(false), number).ConfigureAwait(false);
        if (!trial.State.IsFinished())
            throw new ApiProblem(StatusCodes.Status409Conflict, "conflict", $"Trial {number} is {TrialJson.Name(trial.State)}: only a finished one can be tried again.");
        await QueueAsync(call, Json.PythonJson.Write(trial.Params), [.. trial.UserAttrs]).ConfigureAwait(false);
    }

    private static async Task QueueAsync(ApiCall call, string parameters, KeyValuePair<string, string>[] attrs)
    {
        var added = await call.AskAsync<StudyReplies.TrialAdded>(
            await call.StudyAsync().ConfigureAwait(false), new StudyCommands.EnqueueTrial(call.RequestId(), parameters, [.. attrs], SkipIfExists: false)).ConfigureAwait(false);
        await call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("number", added.Number);
            json.WriteEndObject();
        }, StatusCodes.Status201Created).ConfigureAwait(false);
    }

    private static async Task SetAttrAsync(ApiCall call)
    {
        var body = await call.BodyAsync(BodiesContext.Default.TrialAttribute).ConfigureAwait(false);
        var (number, key) = (call.Number("number"), call.Segment("key"));
        var study = await call.StudyAsync().ConfigureAwait(false);
        await call.AskAsync<StudyReplies.Accepted>(study, new StudyCommands.SetTrialAttr(
            number, body.Lease ?? 0, AttrKind.User, key, BodyValues.Json(body.Value), EvenWaiting: true)).ConfigureAwait(false);
        await call.NothingAsync().ConfigureAwait(false);
    }

    private static async Task NoteAsync(ApiCall call)
    {
        var study = await call.SummaryAsync().ConfigureAwait(false);
        await StudyRoutes.AnswerNoteAsync(call, new StudyNotes(study).Of(Existing(call, study))).ConfigureAwait(false);
    }

    private static async Task SetNoteAsync(ApiCall call)
    {
        var body = await call.BodyAsync(BodiesContext.Default.Note).ConfigureAwait(false);
        var study = await call.SummaryAsync().ConfigureAwait(false);
        await StudyRoutes.WriteNoteAsync(call, study, Existing(call, study), body.Text).ConfigureAwait(false);
    }

    // The trials of a study are numbered without gaps.
    private static int Existing(ApiCall call, StudySummary study) =>
        call.Number("number") is var number && number < study.Counts.Total ? number : throw ApiProblem.NoTrial(study.Name, number);

    private static async Task<FrozenTrial> FindAsync(ApiCall call, StudyId study, int number) =>
        (await call.AskAsync<StudyReplies.Trials>(study, new StudyQueries.GetTrial(number)).ConfigureAwait(false)).Page[0];

    private static async Task AnswerAsync(ApiCall call, StudySummary study, int number)
    {
        var trial = await FindAsync(call, study.Id, number).ConfigureAwait(false);
        var lease = trial.State == TrialState.Running ? await LeaseAsync(call, study.Id, number).ConfigureAwait(false) : null;
        await call.JsonAsync(json => json.Trial(new StudyNotes(study), lease, trial, TrialParts.Reports | TrialParts.Distributions | TrialParts.Lease)).ConfigureAwait(false);
    }

    private static async Task<TrialLease?> LeaseAsync(ApiCall call, StudyId study, int number) =>
        (await call.AskAsync<StudyReplies.Leases>(study, new StudyQueries.GetLeases()).ConfigureAwait(false)).Held.FirstOrDefault(l => l.Number == number);
}
