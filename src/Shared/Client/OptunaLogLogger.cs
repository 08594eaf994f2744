using Akka.Event;

namespace Optuna.Cluster.Client;

/// <summary>Hands what an actor system warns of to <see cref="OptunaLog"/>: a library does not write to its program's standard output.</summary>
/// <remarks>As <c>akka.stdout-logger-class</c> it also takes what is said when the system's other loggers are not there yet, or gone.</remarks>
internal sealed class OptunaLogLogger : MinimalLogger
{
    // Said of a connection that is being closed on purpose.
    private const string Closing = "Unable to REMOVE channel";

    protected override void Log(object message)
    {
        if (message is not LogEvent e || e.LogLevel() < LogLevel.WarningLevel)
            return;
        var text = $"{e.Message}";
        if (!text.StartsWith(Closing, StringComparison.Ordinal))
            OptunaLog.Warning(e.Cause is { } cause ? $"{text} ({cause.GetType().Name}: {cause.Message})" : text);
    }
}
