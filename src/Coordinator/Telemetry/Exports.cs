using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Optuna.Coordinator.Telemetry;

/// <summary>Who listens to <see cref="NodeMeter"/>: Prometheus, when the HTTP port is open, and a collector, when one is named.</summary>
internal sealed class Exports : IDisposable
{
    // What .NET itself measures: memory, collections, threads; requests and connections of its web server.
    private static readonly string[] s_meters = [NodeMeter.Name, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    private readonly MeterProvider? _metrics;
    private readonly TracerProvider? _traces;

    public Exports(TelemetrySettings settings, bool prometheus)
    {
        var resource = ResourceBuilder.CreateEmpty().AddService("optuna-coordinator", serviceInstanceId: $"{Environment.MachineName}/{Environment.ProcessId}");
        if (prometheus || settings.Otlp is not null)
        {
            var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(s_meters);
            if (prometheus)
                metrics.AddPrometheusExporter();
            if (settings.Otlp is not null)
                metrics.AddReader(new PeriodicExportingMetricReader(new OtlpMetricExporter(Otlp(settings, "v1/metrics")), (int)settings.Every.TotalMilliseconds));
            _metrics = metrics.Build();
        }

        if (settings is { Otlp: not null, TraceRatio: > 0 })
        {
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
                .AddSource(NodeMeter.Name, "Microsoft.AspNetCore")
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(settings.TraceRatio)))
                .AddProcessor(new BatchActivityExportProcessor(new OtlpTraceExporter(Otlp(settings, "v1/traces"))))
                .Build();
        }
    }

    /// <summary>Needs Prometheus.</summary>
    public IEndpointConventionBuilder MapMetrics(IEndpointRouteBuilder app, string path) =>
        app.MapPrometheusScrapingEndpoint(path, _metrics, configureBranchedPipeline: null, optionsName: null);

    public void Dispose()
    {
        _metrics?.Dispose();
        _traces?.Dispose();
    }

    private static OtlpExporterOptions Otlp(TelemetrySettings settings, string path) => new()
    {
        // By HTTP each signal has a path of its own, which the exporter adds only to addresses it reads from the environment.
        Endpoint = settings.IsHttp ? new Uri($"{settings.Otlp!.ToString().TrimEnd('/')}/{path}") : settings.Otlp!,
        Protocol = settings.IsHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc,
    };
}
