using System.Text;

namespace Optuna.Cli.Storage;

/// <summary><c>--log-file</c>: what goes to stderr is appended to a file too.</summary>
internal static class LogFile
{
    private static bool s_isOpen;

    /// <summary>Stderr is a terminal and nothing else: what moves on it may be shown.</summary>
    public static bool IsTerminal => !Console.IsErrorRedirected && !s_isOpen;

    /// <exception cref="ArgumentException">The file cannot be written; the message names the option.</exception>
    public static void Open(string file)
    {
        try
        {
            Console.SetError(new Both(Console.Error, new StreamWriter(file, append: true) { AutoFlush = true }));
            s_isOpen = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ArgumentException($"--log-file: '{file}' cannot be written: {e.Message}", e);
        }
    }

    private sealed class Both(TextWriter first, TextWriter second) : TextWriter
    {
        public override Encoding Encoding => first.Encoding;

        public override void Write(char value)
        {
            first.Write(value);
            second.Write(value);
        }

        public override void Write(string? value)
        {
            first.Write(value);
            second.Write(value);
        }

        public override void WriteLine(string? value) => Write(value + "\n");
    }
}
