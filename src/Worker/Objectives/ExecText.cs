namespace Optuna.Worker.Objectives;

internal static class ExecText
{
    /// <summary>A program's line, cut to what fits in a message.</summary>
    public static string Short(string line) => line.Length <= 500 ? line : $"{line.AsSpan(0, 500)}…";
}
