using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Optuna.Worker.Objectives;

/// <summary>How a program is started so that one signal reaches all it starts: as the leader of a process group of its own.</summary>
/// <remarks>
/// .NET starts children in its own group, and a parent cannot move a child once that runs another program, so a small
/// program does it from inside: util-linux's or BusyBox's <c>setsid</c>, or Perl (macOS). Both keep the process id, which
/// becomes the group's id. Where neither exists, and on Windows, there is no group and no SIGTERM.
/// </remarks>
internal sealed class ProcessGroup
{
    public const int Terminate = 15;
    public const int Kill = 9;
    private const int NoSuchProcess = 3;

    public static readonly ProcessGroup None = new([]);

    public static readonly ProcessGroup Default = OperatingSystem.IsWindows() ? None : Setsid() ?? Perl() ?? None;

    private readonly ImmutableArray<string> _leader;

    private ProcessGroup(ImmutableArray<string> leader) => _leader = leader;

    public bool Exists => !_leader.IsEmpty;

    public static ProcessGroup? Setsid() => Find("setsid") is { } path ? new([path]) : null;

    public static ProcessGroup? Perl() => Find("perl") is { } path ? new([path, "-e", "setpgrp(0, 0); exec @ARGV or exit 127"]) : null;

    public ProcessStartInfo Shell(string command)
    {
        if (OperatingSystem.IsWindows())
            return new ProcessStartInfo("cmd.exe") { Arguments = $"/d /s /c \"{command}\"" };
        ImmutableArray<string> line = [.. _leader, "/bin/sh", "-c", command];
        return new ProcessStartInfo(line[0], line.Skip(1));
    }

    /// <summary>Signals the whole group of a process that <see cref="Shell"/> started.</summary>
    /// <param name="leaderLives">False: the leader's id may be another process's by now.</param>
    public void Signal(int id, int signal, bool leaderLives)
    {
        // The leader may not have made its group yet; then it is alone.
        if (Exists && kill(-id, signal) != 0 && leaderLives && Marshal.GetLastPInvokeError() == NoSuchProcess)
            _ = kill(id, signal);
    }

    /// <summary>Whether anybody of the group still runs.</summary>
    public bool IsAlive(int id) => Exists && kill(-id, 0) == 0 && (!OperatingSystem.IsLinux() || IsRunning(id));

    // kill also counts the dead whom their new parent, the first process of the machine or container, has not buried yet;
    // some of those take seconds for it, some never do it.
    private static bool IsRunning(int id)
    {
        var group = id.ToString(CultureInfo.InvariantCulture);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (char.IsAsciiDigit(Path.GetFileName(folder)[0]) && Stat(folder) is [not ("Z" or "X"), _, var g, ..] && g == group)
                return true;
        }

        return false;
    }

    /// <summary>State, parent, group, …: what follows the name, which is in brackets and may contain anything.</summary>
    private static string[] Stat(string folder)
    {
        try
        {
            var stat = File.ReadAllText($"{folder}/stat");
            return stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended while we looked.
            return [];
        }
    }

    private static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/bin:/bin".Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

#pragma warning disable IDE1006, SYSLIB1054 // the C name; two integers need no generated marshalling
    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int sig);
#pragma warning restore IDE1006, SYSLIB1054
}
