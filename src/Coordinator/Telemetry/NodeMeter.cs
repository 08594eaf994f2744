using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Optuna.Coordinator.Telemetry;

/// <summary>Everything a coordinator measures, by the platform's own means: whoever listens (Prometheus, OTLP, dotnet-counters) costs, nobody else does.</summary>
/// <remarks>No measure is kept per study: there may be thousands, and a study that ended would be counted for ever.</remarks>
internal static class NodeMeter
{
    public const string Name = "Optuna.Coordinator";

    /// <summary>Spans: requests to studies, writes to the journal, draws of samplers.</summary>
    public static readonly ActivitySource Spans = new(Name);

    private static readonly Meter s_meter = new(Name);

    public static readonly Counter<long> TrialsStarted = s_meter.CreateCounter<long>("optuna.trials.started", "{trial}", "Trials given out, those given out again included.");

    /// <summary>Tag state.</summary>
    public static readonly Counter<long> TrialsFinished = s_meter.CreateCounter<long>("optuna.trials.finished", "{trial}", "Trials that ended, by state.");

    public static readonly Counter<long> TrialsLost = s_meter.CreateCounter<long>("optuna.trials.requeued", "{trial}", "Trials taken from lost workers and put back.");

    /// <summary>Tag kind.</summary>
    public static readonly Histogram<double> Requests = Seconds("optuna.request.duration", "From a request's arrival at its study to its answer, by kind (ask, tell, report, suggest, other).");

    public static readonly Histogram<double> JournalWrites = Seconds("optuna.journal.write.duration", "One write of a study to the journal.");

    public static readonly Counter<long> JournalEvents = s_meter.CreateCounter<long>("optuna.journal.events", "{event}", "Events written.");

    public static readonly Counter<long> JournalFailures = s_meter.CreateCounter<long>("optuna.journal.failures", "{write}", "Writes that failed: the study recovers from its journal.");

    public static readonly Histogram<int> CommitAnswers = s_meter.CreateHistogram(
        "optuna.commit.answers", "{answer}", "Answers that waited for one write.", advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256] });

    /// <summary>Tag sampler.</summary>
    public static readonly Histogram<double> Draws = Seconds("optuna.sampler.duration", "One draw of a sampler, by name.");

    public static readonly UpDownCounter<int> Sessions = s_meter.CreateUpDownCounter<int>("optuna.sessions", "{client}", "Clients and workers connected to this node.");

    /// <summary>Tag status.</summary>
    public static readonly Counter<long> Refused = s_meter.CreateCounter<long>("optuna.door.refused", "{request}", "Requests without a token (401) or with too small a role (403).");

    static NodeMeter()
    {
        s_meter.CreateObservableGauge("optuna.studies.awake", () => StudyMeter.Living.Count, "{study}", "Studies in this node's memory.");
        s_meter.CreateObservableGauge("optuna.leases.open", () => StudyMeter.Living.Sum(s => s.Running), "{trial}", "Running trials of this node's studies.");
        s_meter.CreateObservableGauge("optuna.queue.depth", () => StudyMeter.Living.Sum(s => s.Waiting), "{answer}", "Answers that wait for the journal.");
        s_meter.CreateObservableGauge("optuna.journal.lag", () => StudyMeter.Living.Select(s => s.Lag.TotalSeconds).DefaultIfEmpty().Max(), "s", "Age of the oldest write under way.");
    }

    private static Histogram<double> Seconds(string name, string description) => s_meter.CreateHistogram(
        name, "s", description,
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30] });
}
