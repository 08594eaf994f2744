using Microsoft.Extensions.Logging;
using Optuna.Cluster.Protocol;

namespace Optuna.Coordinator.Hosting;

/// <summary>Keeps out of the log what remoting calls errors and is none: a client's going, in two long lines. Of connections that were refused, a line now and then.</summary>
/// <remarks>
/// Clients come and go; a worker that is missed is seen by the lease of its trials. Whoever knocks with anything but TLS would
/// otherwise write three lines each time, with what it sent in them.
/// </remarks>
internal sealed class DepartureFilter(ILoggerFactory inner) : ILoggerFactory
{
    private static readonly TimeSpan OneRefusalIn = TimeSpan.FromSeconds(10);

    private static readonly string[] s_unwanted =
    [
        $"reliableEndpointWriter-{OptunaSystem.AkkaProtocol(tls: false)}%3A%2F%2Foptuna-client%40",
        $"reliableEndpointWriter-{OptunaSystem.AkkaProtocol(tls: true)}%3A%2F%2Foptuna-client%40",
        "NotSslRecordException",
        "TLS handshake failed on channel",
    ];

    private static readonly string[] s_refusals = ["Rejected incoming connection", " is refused: ", "Error caught channel"];

    private long _lastRefusal;

    public ILogger CreateLogger(string categoryName) => new Logger(inner.CreateLogger(categoryName), IsWanted);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    // Whoever made the inner one ends it.
    public void Dispose()
    {
    }

    private bool IsWanted(string line)
    {
        if (IsAny(s_unwanted, line))
            return false;
        if (!IsAny(s_refusals, line))
            return true;
        var last = Interlocked.Read(ref _lastRefusal);
        return (last == 0 || TimeProvider.System.GetElapsedTime(last) > OneRefusalIn)
            && Interlocked.CompareExchange(ref _lastRefusal, TimeProvider.System.GetTimestamp(), last) == last;
    }

    private static bool IsAny(string[] parts, string line) => Array.Exists(parts, p => line.Contains(p, StringComparison.Ordinal));

    private sealed class Logger(ILogger inner, Predicate<string> isWanted) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (inner.IsEnabled(logLevel) && isWanted(formatter(state, exception)))
                inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
