using System.Globalization;
using System.Net;
using System.Text.Json;
using Optuna.Tests.Fleet;
using Optuna.Tests.Nodes;

namespace Optuna.Tests.Operations;

/// <summary>What an operator sees of a real coordinator and a real worker.</summary>
public sealed class OperationsTests : NodeTest
{
    private static readonly HttpClient s_http = new();

    [Fact]
    public async Task Health_metrics_traces_and_logs_tell_of_a_study_that_ran()
    {
        using var collector = new Collector();
        var hocon = Write("telemetry.conf", $"optuna.telemetry {{ otlp = \"{collector.Url}\", otlp-protocol = http, every = 1s, trace-ratio = 1 }}");
        var node = await CoordinatorAsync(["--hocon", hocon]);
        var health = JsonDocument.Parse(await s_http.GetStringAsync($"http://{node.Http}/health/ready")).RootElement;
        Assert.True(health.GetProperty("ok").GetBoolean());
        Assert.Equal(["cluster", "storage", "studies"], health.GetProperty("checks").EnumerateObject().Select(c => c.Name));
        Assert.Equal(0, (await CtlAsync("create-study", "--study-name", "s", "--storage", node.Url)).Code);

        // It waits in its third trial until it is told to go on.
        var space = Write("space.json", """{"x": {"type": "float", "low": 0, "high": 1}}""");
        var exec = "if [ $OPTUNA_TRIAL_NUMBER = 1 ]; then exit 3; fi; if [ $OPTUNA_TRIAL_NUMBER = 2 ]; then while [ ! -e go ]; do sleep 0.1; done; fi; echo '{\"value\": 1}'";
        var worker = Run("optuna-worker", ["--coordinator", node.Url, "--study", "s", "--n-trials", "3", "--exec", exec, "--search-space", space, "--http", "0", "--log-format", "json"]);
        var line = await worker.LineAsync(l => l.Contains("Health is served at", StringComparison.Ordinal), Patience);
        var said = JsonDocument.Parse(line[2..]).RootElement;
        Assert.Equal(("information", "s"), (said.GetProperty("level").GetString(), said.GetProperty("study").GetString()));
        var workerHealth = said.GetProperty("message").GetString()!.TrimEnd('.').Split(' ')[^1];
        await Until.TrueAsync("the worker is ready", async () => await StatusAsync($"http://{workerHealth}/health/ready") == HttpStatusCode.OK, Patience);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"http://{workerHealth}/health/live"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync($"http://{workerHealth}/metrics"));
        await Until.TrueAsync("one trial is at work", async () => await MetricAsync(node, "optuna_trials_finished_total{", "state=\"fail\"") == 1
            && await MetricAsync(node, "optuna_leases_open{") == 1, Patience);
        Assert.True(await MetricAsync(node, "optuna_sessions{") >= 1);
        Write("go", "");
        Assert.Equal(0, await worker.ExitAsync(Patience));
        Assert.Equal(2, JsonDocument.Parse(worker.Lines.Single(l => l.Contains("evaluated 3 trials", StringComparison.Ordinal))).RootElement.GetProperty("complete").GetInt32());

        // What was asked a moment ago may be answered again.
        await Until.TrueAsync("the last trial is counted", async () => await MetricAsync(node, "optuna_trials_finished_total{", "state=\"complete\"") == 2, Patience);
        Assert.Equal(3, await MetricAsync(node, "optuna_trials_started_total{"));
        Assert.True(await MetricAsync(node, "optuna_request_duration_seconds_count{", "kind=\"ask\"") >= 3);
        Assert.True(await MetricAsync(node, "optuna_request_duration_seconds_count{", "kind=\"tell\"") >= 3);
        Assert.True(await MetricAsync(node, "optuna_request_duration_seconds_sum{", "kind=\"tell\"") > 0);
        Assert.True(await MetricAsync(node, "optuna_journal_write_duration_seconds_count{") >= 4);
        Assert.True(await MetricAsync(node, "optuna_commit_answers_sum{") >= 6);
        Assert.True(await MetricAsync(node, "optuna_sampler_duration_seconds_count{") >= 1);
        Assert.Equal(0, await MetricAsync(node, "optuna_queue_depth{"));
        Assert.Equal(0, await MetricAsync(node, "optuna_leases_open{"));
        Assert.True(await MetricAsync(node, "optuna_journal_lag_seconds{") < 5);

        await Until.TrueAsync("metrics and traces are sent", () => collector.Has("/v1/metrics", "optuna.trials.finished") && collector.Has("/v1/traces", "study tell"), Patience);
    }

    [Fact]
    public async Task A_collector_that_is_away_costs_nothing_but_what_it_would_have_got()
    {
        string nobody;
        using (var gone = new Collector())
            nobody = gone.Url;
        var hocon = Write("telemetry.conf", $"optuna.telemetry {{ otlp = \"{nobody}\", otlp-protocol = http, every = 1s, trace-ratio = 1 }}");
        var node = await CoordinatorAsync(["--hocon", hocon]);
        Assert.Equal(0, (await CtlAsync("create-study", "--study-name", "s", "--storage", node.Url)).Code);
        var space = Write("space.json", """{"x": {"type": "float", "low": 0, "high": 1}}""");
        var worker = Run("optuna-worker", ["--coordinator", node.Url, "--study", "s", "--n-trials", "3", "--exec", "echo '{\"value\": 1}'", "--search-space", space]);

        Assert.Equal(0, await worker.ExitAsync(Patience));
        await Until.TrueAsync("all trials are counted", async () => await MetricAsync(node, "optuna_trials_finished_total{", "state=\"complete\"") == 3, Patience);
        Assert.False(node.Process.HasExited);
    }

    [Fact]
    public async Task A_coordinator_logs_JSON_lines_with_the_study_and_the_trial_in_fields()
    {
        var process = Run("optuna-coordinator", [
            "--storage", "sqlite:///studies.db", "--port", "0", "--grpc", "none", "--http", "none", "--log-format", "json", "--hocon", Write("lease.conf", "optuna.study.lease = 1s")]);
        var listens = JsonDocument.Parse(await process.LineAsync(l => l.Contains("listens at", StringComparison.Ordinal), Patience)).RootElement;
        var url = listens.GetProperty("url").GetString()!;
        Assert.Equal(0, (await CtlAsync("create-study", "--study-name", "quiet", "--storage", url)).Code);
        var space = Write("space.json", """{"x": {"type": "float", "low": 0, "high": 1}}""");
        var worker = Run("optuna-worker", ["--coordinator", url, "--study", "quiet", "--exec", "touch started; sleep 600", "--search-space", space]);
        await Until.TrueAsync("a trial is at work", () => File.Exists(PathOf("started")), Patience);
        await worker.KillAsync();

        var line = JsonDocument.Parse(await process.LineAsync(l => l.Contains("is silent, its trial", StringComparison.Ordinal), Patience)).RootElement;
        Assert.Equal("warning", line.GetProperty("level").GetString());
        Assert.Equal("quiet", line.GetProperty("study").GetString());
        Assert.Equal("0", $"{line.GetProperty("trial")}");
        Assert.NotEmpty($"{line.GetProperty("worker")}");
        process.Terminate();
        Assert.Equal(0, await process.ExitAsync(Patience));
        Assert.All(process.Lines, l => JsonDocument.Parse(l.TrimStart('!', ' ')));
    }

    private static async Task<HttpStatusCode> StatusAsync(string url)
    {
        using var reply = await s_http.GetAsync(url);
        return reply.StatusCode;
    }

    /// <summary>A sample of /metrics, the sum over those that fit; 0 for none.</summary>
    private static async Task<double> MetricAsync(Node node, string name, string label = "")
    {
        var lines = (await s_http.GetStringAsync($"http://{node.Http}/metrics")).Split('\n');
        return lines.Where(l => l.StartsWith(name, StringComparison.Ordinal) && l.Contains(label, StringComparison.Ordinal))
            .Sum(l => double.Parse(l[(l.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));
    }
}
