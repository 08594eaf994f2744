using Akka.Configuration;

namespace Optuna.Coordinator.Telemetry;

/// <summary>Where metrics and traces go besides <c>/metrics</c>: HOCON path <c>optuna.telemetry</c>.</summary>
/// <param name="Otlp">A collector; null for none.</param>
/// <param name="IsHttp">The collector is spoken to by HTTP with protobuf, else by gRPC.</param>
/// <param name="TraceRatio">Share of traces that are sent, 0 to 1.</param>
/// <param name="Every">How often metrics are sent.</param>
internal sealed record TelemetrySettings(Uri? Otlp, bool IsHttp, double TraceRatio, TimeSpan Every)
{
    /// <exception cref="ArgumentException">A value that will not do; the message names it.</exception>
    public static TelemetrySettings From(Config config)
    {
        var telemetry = config.GetConfig("optuna.telemetry");
        var (otlp, protocol) = (telemetry.GetString("otlp"), telemetry.GetString("otlp-protocol"));
        if (protocol is not ("grpc" or "http"))
            throw new ArgumentException($"HOCON optuna.telemetry.otlp-protocol must be grpc or http (it is '{protocol}').");
        Uri? collector = null;
        if (otlp.Length > 0 && (!Uri.TryCreate(otlp, UriKind.Absolute, out collector) || collector.Scheme is not ("http" or "https")))
            throw new ArgumentException($"HOCON optuna.telemetry.otlp must be a URL such as http://127.0.0.1:4317 (it is '{otlp}').");
        var (ratio, every) = (Read("trace-ratio", key => telemetry.GetDouble(key)), Read("every", key => telemetry.GetTimeSpan(key)));
        if (ratio is not (>= 0 and <= 1))
            throw new ArgumentException($"HOCON optuna.telemetry.trace-ratio must lie between 0 and 1 (it is {ratio}).");
        if (every < TimeSpan.FromSeconds(1))
            throw new ArgumentException($"HOCON optuna.telemetry.every must be at least 1s (it is {every}).");
        return new TelemetrySettings(collector, protocol == "http", ratio, every);
    }

    private static T Read<T>(string key, Func<string, T> get)
    {
        try
        {
            return get(key);
        }
        catch (Exception e) when (e is FormatException or ConfigurationException or OverflowException)
        {
            throw new ArgumentException($"HOCON optuna.telemetry.{key}: {e.Message}", e);
        }
    }
}
