using System.Globalization;

namespace Optuna.Chaos.Stage;

/// <summary>A process's wall clock, put wrong while it runs, by libfaketime (Debian: faketime). Only that clock: what a process measures durations with goes on.</summary>
internal sealed class FalseClock
{
    private static readonly string? Library = Find();
    private readonly string _file;

    public FalseClock(string folder, string node)
    {
        _file = Path.Combine(folder, $"clock-{node}");
        Set(TimeSpan.Zero);
    }

    public static bool IsPossible => Library is not null;

    public IReadOnlyDictionary<string, string> Environment => Library is null
        ? new Dictionary<string, string>()
        : new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Library,
            ["FAKETIME_TIMESTAMP_FILE"] = _file,
            // Looks at the file once a second.
            ["FAKETIME_CACHE_DURATION"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            // Its mending of waits on that other clock makes every timed wait of the runtime return at once, and so spin.
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
        };

    public void Set(TimeSpan skew)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{skew.TotalSeconds:+0;-0;+0}\n");
        // Whole or not at all.
        File.WriteAllText(_file + ".new", text);
        File.Move(_file + ".new", _file, overwrite: true);
    }

    private static string? Find() => new[] { "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib" }
        .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists);
}
