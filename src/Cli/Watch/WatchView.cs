using System.Globalization;
using Optuna.Cli.Output;
using Optuna.Json;
using Optuna.Studies;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Optuna.Cli.Watch;

/// <summary>What the terminal shows of studies at one moment.</summary>
internal static class WatchView
{
    /// <summary>A row for each study.</summary>
    public static IRenderable Of(IEnumerable<(StudySummary Study, double Rate)> studies)
    {
        var table = new Table().RoundedBorder().AddColumn("study").AddColumn("mode");
        foreach (var number in new[] { "waiting", "running", "complete", "pruned", "failed", "best", "trials/s" })
            table.AddColumn(new TableColumn(number).RightAligned());
        foreach (var (study, rate) in studies)
        {
            table.AddRow([.. new[]
            {
                study.Name, Mode(study.Mode), $"{study.Counts.Waiting}", $"{study.Counts.Running}", $"{study.Counts.Complete}",
                $"{study.Counts.Pruned}", $"{study.Counts.Fail}", Best(study), PerSecond(rate),
            }.Select(text => new Text(text))]);
        }

        return table;
    }

    /// <summary>One study, and the trials that run.</summary>
    public static IRenderable Of(StudySummary study, double rate, IEnumerable<TrialLease> running)
    {
        var facts = new Grid().AddColumn().AddColumn();
        foreach (var (name, value) in Facts(study, rate))
            facts.AddRow(new Text(name), new Text(value));
        var trials = new Table().RoundedBorder().AddColumn(new TableColumn("trial").RightAligned()).AddColumn("worker").AddColumn("since");
        foreach (var lease in running)
            trials.AddRow(new Text($"{lease.Number}"), new Text(lease.Worker.Value), new Text(TrialRecords.LocalTime(lease.StartedAt) ?? ""));
        return new Rows(facts, trials);
    }

    private static IEnumerable<(string Name, string Value)> Facts(StudySummary study, double rate)
    {
        yield return ("study", study.Name);
        yield return ("directions", string.Join(", ", study.Directions).ToLowerInvariant());
        yield return ("mode", Mode(study.Mode));
        yield return ("trials", $"{study.Counts.Total}{(study.Budget is { } budget ? $" of {budget}" : "")}");
        yield return ("waiting", $"{study.Counts.Waiting}");
        yield return ("running", $"{study.Counts.Running}");
        yield return ("complete", $"{study.Counts.Complete}");
        yield return ("pruned", $"{study.Counts.Pruned}");
        yield return ("failed", $"{study.Counts.Fail}");
        yield return ("best", study.BestFeasible is { } best ? $"{Best(study)} (trial {best.Number})" : "");
        yield return ("trials/s", PerSecond(rate));
    }

    private static string Mode(StudyMode mode) => mode.ToString().ToLowerInvariant();

    private static string Best(StudySummary study) => study.BestFeasible is { } best ? PythonJson.FormatDouble(best.Value) : "";

    private static string PerSecond(double rate) => rate.ToString("0.0", CultureInfo.InvariantCulture);
}
