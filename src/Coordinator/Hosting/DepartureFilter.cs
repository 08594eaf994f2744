using Microsoft.Extensions.Logging;
using Optuna.Cluster.Protocol;

namespace Optuna.Coordinator.Hosting;

/// <summary>Keeps a client's going out of the log: remoting calls every closed connection an error, in two long lines.</summary>
/// <remarks>Clients come and go; a worker that is missed is seen by the lease of its trials.</remarks>
internal sealed class DepartureFilter(ILoggerFactory inner) : ILoggerFactory
{
    private static readonly string[] s_clients =
    [
        .. new[] { false, true }.Select(tls => $"reliableEndpointWriter-{OptunaSystem.AkkaProtocol(tls)}%3A%2F%2Foptuna-client%40"),
    ];

    public ILogger CreateLogger(string categoryName) => new Logger(inner.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    // Whoever made the inner one ends it.
    public void Dispose()
    {
    }

    private static bool IsDeparture(string line) => Array.Exists(s_clients, c => line.Contains(c, StringComparison.Ordinal));

    private sealed class Logger(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (inner.IsEnabled(logLevel) && !IsDeparture(formatter(state, exception)))
                inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
