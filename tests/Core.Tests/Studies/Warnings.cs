namespace Optuna.Tests.Studies;

/// <summary>What the engine warned of on this thread.</summary>
internal static class Warnings
{
    public static List<string> During(Action action)
    {
        var thread = Environment.CurrentManagedThreadId;
        var seen = new List<string>();
        void Note(OptunaLogLevel level, string message)
        {
            if (level == OptunaLogLevel.Warning && Environment.CurrentManagedThreadId == thread)
                seen.Add(message);
        }

        OptunaLog.Written += Note;
        try
        {
            action();
        }
        finally
        {
            OptunaLog.Written -= Note;
        }

        return seen;
    }
}
