namespace Optuna;

/// <summary>How important a line is.</summary>
public enum OptunaLogLevel
{
    Debug = 10,
    Info = 20,
    Warning = 30,
    Error = 40,
}

/// <summary>Where the engine's messages go. Silent until a program listens.</summary>
public static class OptunaLog
{
    /// <summary>Raised for every message, on the thread that caused it.</summary>
    public static event Action<OptunaLogLevel, string>? Written;

    public static bool IsEnabled => Written is not null;

    public static void Info(string message) => Written?.Invoke(OptunaLogLevel.Info, message);

    public static void Warning(string message) => Written?.Invoke(OptunaLogLevel.Warning, message);
}
