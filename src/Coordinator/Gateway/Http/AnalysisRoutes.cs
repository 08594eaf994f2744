using System.Globalization;
using System.Text;
using Optuna.Cluster.Security;
using Optuna.DataFrames;
using Optuna.Importance;
using Optuna.Studies;
using Optuna.Trials;
using Optuna.Visualization;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>What a study's trials tell in sum.</summary>
internal static class AnalysisRoutes
{
    public static IEnumerable<ApiRoute> All =>
    [
        new("GET", "/studies/{study}/search-space", TokenRole.Read, "Show the parameters as far as trials have shown them.", SpaceAsync),
        new("GET", "/studies/{study}/best-trials", TokenRole.Read, "Show the best trial, or the Pareto front.", BestAsync),
        new("GET", "/studies/{study}/importances", TokenRole.Read, "Show how much each parameter matters.", ImportancesAsync) { Query = ["evaluator", "target", "params", "param"] },
        new("GET", "/studies/{study}/figures/{kind}", TokenRole.Read, "Draw a Plotly figure.", FigureAsync)
        {
            Query = ["target", "params", "param", "n_recent_trials", "reference_point", "evaluator", "error_bar", "compare"],
        },
        new("GET", "/studies/{study}/export", TokenRole.Read, "Download all trials as a table.", ExportAsync) { Query = ["format"], Answers = "text/csv" },
    ];

    private static async Task SpaceAsync(ApiCall call)
    {
        var reading = await call.ReadAsync().ConfigureAwait(false);
        await call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("params");
            foreach (var (name, distribution) in reading.Space)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WritePropertyName("distribution");
                json.Distribution(distribution);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static async Task BestAsync(ApiCall call)
    {
        var summary = await call.SummaryAsync().ConfigureAwait(false);
        var (study, notes) = (summary.Id, new StudyNotes(summary));
        var best = summary.Directions.Length > 1 ? (await call.AskAsync<StudyReplies.Trials>(study, new StudyQueries.GetBestTrials()).ConfigureAwait(false)).Page
            : summary.BestFeasible is { } feasible ? (await call.AskAsync<StudyReplies.Trials>(study, new StudyQueries.GetTrial(feasible.Number)).ConfigureAwait(false)).Page
            : [];
        await call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("trials");
            foreach (var trial in best)
                json.Trial(notes, null, trial, TrialParts.None);
            json.WriteEndArray();
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static async Task ImportancesAsync(ApiCall call)
    {
        var reading = await call.ReadAsync().ConfigureAwait(false);
        var objectives = reading.Summary.Directions.Length;
        var name = call.Query("evaluator") ?? ImportanceCatalog.Default.Name;
        var target = (int)call.Query("target", 0, 0, objectives - 1);
        OrderedDictionary<string, double> found;
        try
        {
            var evaluator = ImportanceCatalog.Create(new ComponentSpec(name));
            Func<FrozenTrial, double>? value = objectives == 1 ? null : t => t.Values[target];
            var trials = CompletedTrials.Of(reading.Summary, reading.Trials, value);
            found = await Task.Run(() => ParamImportances.Of(trials, evaluator, call.ParamNames(), normalize: true), call.Cancel).ConfigureAwait(false);
        }
        catch (ArgumentException e)
        {
            throw ApiProblem.Bad(e.Message);
        }
        catch (InvalidOperationException e)
        {
            throw new ApiProblem(409, "conflict", e.Message);
        }

        await call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("evaluator", name);
            json.WriteNumber("target", target);
            json.WriteStartArray("importances");
            foreach (var (param, importance) in found)
            {
                json.WriteStartObject();
                json.WriteString("param", param);
                json.WritePropertyName("importance");
                json.Number(importance);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static async Task FigureAsync(ApiCall call)
    {
        var kind = call.Segment("kind");
        if (!FigureCatalog.Names.Contains(kind))
            throw ApiProblem.NoRoute(call.Http.Request.Path);
        var reading = await call.ReadAsync().ConfigureAwait(false);
        var others = new List<PlotStudy>();
        foreach (var name in call.QueryAll("compare"))
            others.Add(Plotted(await call.Feeds.ReadAsync(await call.StudyAsync(name).ConfigureAwait(false), call.Cancel).ConfigureAwait(false)));
        var options = new FigureOptions
        {
            Target = call.Query("target") is null ? null : (int)call.Query("target", 0, 0, reading.Summary.Directions.Length - 1),
            Params = call.ParamNames(),
            NRecentTrials = call.Query("n_recent_trials") is null ? null : (int)call.Query("n_recent_trials", 1, 1, int.MaxValue),
            ReferencePoint = call.QueryList("reference_point")?.Select(Coordinate).ToList(),
            Evaluator = call.Query("evaluator"),
            ErrorBar = call.Query("error_bar") is null ? null : Flag(call, "error_bar"),
            Compare = others.Count == 0 ? null : others,
        };
        string figure;
        try
        {
            var now = TimeProvider.System.GetUtcNow();
            figure = await Task.Run(() => FigureCatalog.Draw(kind, Plotted(reading), options, now, call.Cancel).ToJson(), call.Cancel).ConfigureAwait(false);
        }
        catch (ArgumentException e)
        {
            throw ApiProblem.Bad(e.Message);
        }
        catch (InvalidOperationException e)
        {
            throw new ApiProblem(409, "conflict", e.Message);
        }

        await call.JsonAsync(json => json.WriteRawValue(figure)).ConfigureAwait(false);
    }

    private static PlotStudy Plotted(StudyReading reading) => new(reading.Summary, [.. reading.Trials]);

    private static async Task ExportAsync(ApiCall call)
    {
        var format = call.Query("format") ?? "csv";
        if (format is not ("csv" or "json"))
            throw ApiProblem.Bad($"'format' must be csv or json (it is '{format}').");
        var reading = await call.ReadAsync().ConfigureAwait(false);
        var frame = TrialsFrame.Of(reading.Summary.Directions, reading.Summary.MetricNames, [.. reading.Trials]);
        var response = call.Http.Response;
        response.ContentType = format == "csv" ? "text/csv; charset=utf-8" : "application/json";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = Download.Named($"{reading.Summary.Name}.{format}");
        // The table's writers are synchronous: they fill a pipe, and the client's pace is kept at its other end.
        var pipe = new System.IO.Pipelines.Pipe();
        var filling = Task.Run(async () =>
        {
            await using var writer = new StreamWriter(pipe.Writer.AsStream(), new UTF8Encoding(false), 1 << 16);
            if (format == "csv")
                frame.WriteCsv(writer);
            else
                frame.WriteJson(writer);
        }, call.Cancel);
        try
        {
            await pipe.Reader.CopyToAsync(response.Body, call.Cancel).ConfigureAwait(false);
            await filling.ConfigureAwait(false);
        }
        finally
        {
            await pipe.Reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static double Coordinate(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw ApiProblem.Bad($"'reference_point' must be numbers with commas between them (one is '{text}').");

    private static bool Flag(ApiCall call, string name) => call.Query(name) switch
    {
        null or "false" => false,
        "true" => true,
        var other => throw ApiProblem.Bad($"'{name}' must be true or false (it is '{other}')."),
    };
}
