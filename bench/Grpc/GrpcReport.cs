using System.Globalization;
using System.Text.Json;

namespace Optuna.Bench;

/// <summary>A JSON line for each cell as it comes, and a table of all at the end.</summary>
internal static class GrpcReport
{
    public static string Line(GrpcCell cell, GrpcPlan plan) => JsonSerializer.Serialize(new
    {
        bench = "grpc",
        route = cell.Route,
        clients = cell.Clients,
        @params = plan.Params,
        reports = cell.Reports,
        pruner = plan.Pruner,
        seconds = Math.Round(cell.Seconds, 1),
        trials = cell.Trials,
        trialsPerSecond = Math.Round(cell.TrialsPerSecond, 1),
        cpuMicrosecondsPerTrial = cell.Cpu.ToDictionary(c => c.Key, c => cell.PerTrial(c.Value.TotalMicroseconds)),
        commitsPerTrial = cell.PerTrial(cell.Commits),
        statementsPerTrial = cell.PerTrial(cell.Statements),
    });

    public static string Table(IReadOnlyList<GrpcCell> cells)
    {
        string[] routes = [.. cells.Select(c => c.Route).Distinct()];
        string[] rivals = routes.Contains(Route.Ours) ? [.. routes.Where(r => r is Route.Proxy or Route.Rdb)] : [];
        var lines = new List<string>
        {
            $"| clients | reports | {string.Join(" | ", routes.Select(r => $"{r}, trials/s").Concat(rivals.Select(r => $"× {r}")))} |",
            $"|{string.Concat(Enumerable.Repeat("---|", 2 + routes.Length + rivals.Length))}",
        };
        foreach (var row in cells.GroupBy(c => (c.Reports, c.Clients)).OrderBy(g => g.Key))
        {
            var rates = row.GroupBy(c => c.Route).ToDictionary(g => g.Key, g => Median.Of([.. g.Select(c => c.TrialsPerSecond)]));
            var texts = routes.Select(r => rates.TryGetValue(r, out var rate) ? Number(rate) : "–")
                .Concat(rivals.Select(r => rates.TryGetValue(Route.Ours, out var ours) && rates.TryGetValue(r, out var theirs) && theirs > 0 ? Number(ours / theirs) : "–"));
            lines.Add($"| {row.Key.Clients} | {row.Key.Reports} | {string.Join(" | ", texts)} |");
        }

        return string.Join('\n', lines);
    }

    private static string Number(double value) => value.ToString(value < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
