using System.Globalization;
using Akka.Actor;
using Akka.Event;
using Optuna.Cluster.Pbm.Grammar;
using Optuna.Cluster.Pbm.Host;

namespace Optuna.Cluster.Pbm.Palettes;

/// <summary><c>log</c>: what this node says, and how much of it.</summary>
internal static class LogPalette
{
    private const string Level = "level";

    private static readonly (string Name, LogLevel Level)[] s_levels =
        [("debug", LogLevel.DebugLevel), ("info", LogLevel.InfoLevel), ("warning", LogLevel.WarningLevel), ("error", LogLevel.ErrorLevel)];

    public static Palette Of(ActorSystem system) => new("log", "What this node logs.",
    [
        new("tail", "Show what is logged from now on.", Access.Look, call => TailAsync(system, call))
        {
            Streams = true,
            Parameters = [new(Level, $"The least that is shown: {Names}. Without it, what the node's own log gets.", 'l')],
        },
        new("level", "Show how much the node's own log gets, or change it until the node ends.", Access.Look, call => LevelAsync(system, call))
        {
            Parameters = [new(Level, $"The least that is logged: {Names}.")],
            ChangesWith = Level,
        },
    ]);

    private static string NameOf(LogLevel level) => s_levels.FirstOrDefault(l => l.Level == level).Name ?? "off";

    private static string Names => string.Join(", ", s_levels.Select(l => l.Name));

    private static Task TailAsync(ActorSystem system, CommandCall call)
    {
        var chosen = call.Find(Level) is { } text ? (LogLevel?)Parse(text) : null;
        return EventTap.ReadAsync<LogEvent>(
            system,
            ear => system.EventStream.Subscribe(ear, typeof(LogEvent)),
            ear => system.EventStream.Unsubscribe(ear),
            e => e.LogLevel() >= (chosen ?? system.EventStream.LogLevel) ? call.Output.RowAsync(Text(e), Json(e)) : Task.CompletedTask,
            count => call.Output.RowAsync($"... {count} more, too many to show", new { missed = count }),
            call.Cancel);
    }

    private static Task LevelAsync(ActorSystem system, CommandCall call)
    {
        if (call.Find(Level) is { } text)
            system.EventStream.SetLogLevel(Parse(text));
        var level = NameOf(system.EventStream.LogLevel);
        return call.Output.RowAsync(level, new { level });
    }

    private static LogLevel Parse(string text) => s_levels.Any(l => l.Name == text)
        ? s_levels.First(l => l.Name == text).Level
        : throw new CommandUsageException($"'{text}' is no level: {Names}.");

    private static string Text(LogEvent e) =>
        $"[{NameOf(e.LogLevel()).ToUpperInvariant()}][{Time(e)}][{e.LogSource}] {e.Message}{(e.Cause is null ? "" : $"\n{e.Cause}")}";

    private static object Json(LogEvent e) => new
    {
        time = Time(e),
        level = NameOf(e.LogLevel()),
        source = e.LogSource,
        message = $"{e.Message}",
        cause = e.Cause?.ToString(),
    };

    private static string Time(LogEvent e) => e.Timestamp.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
