using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;

namespace Optuna.Cluster.Client;

/// <summary>Hands what a client's actor system warns of to <see cref="OptunaLog"/>: a library does not write to its program's standard output.</summary>
internal sealed class OptunaLogLogger : ReceiveActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    public OptunaLogLogger()
    {
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(e => e.LogLevel() >= LogLevel.WarningLevel, e =>
            OptunaLog.Warning(e.Cause is { } cause ? $"{e.Message} ({cause.GetType().Name}: {cause.Message})" : $"{e.Message}"));
        ReceiveAny(_ => { });
    }
}
