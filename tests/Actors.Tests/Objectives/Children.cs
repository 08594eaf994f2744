using System.Globalization;

namespace Optuna.Tests.Objectives;

/// <summary>What /proc knows of other processes.</summary>
internal static class Children
{
    /// <summary>Running; a zombie is not.</summary>
    public static bool IsRunning(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public static int Pid(string file) => int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture);

    /// <summary>Everybody, zombies too, whose environment or command line has the text.</summary>
    public static List<int> With(string text) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(d => int.TryParse(Path.GetFileName(d), out var pid) ? pid : 0)
            .Where(pid => pid > 0 && (Read(pid, "environ").Contains(text) || Read(pid, "cmdline").Contains(text))),
    ];

    /// <summary>Zombies among this process's own children.</summary>
    public static int Zombies() => Directory.EnumerateDirectories("/proc")
        .Select(d => int.TryParse(Path.GetFileName(d), out var pid) ? Read(pid, "stat") : "")
        .Select(stat => stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Count(fields => fields is ["Z", var parent, ..] && parent == Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    public static int OpenFiles() => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    private static string Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
