using System.Globalization;

namespace Optuna.Cli.Transfer;

/// <summary>How a store writes times that name no zone. Optuna does it in UTC from version 5 on, and in the local zone before.</summary>
internal enum StoredTimes
{
    Utc,

    /// <summary>Of the machine this runs on.</summary>
    Local,
}

/// <summary>Times as the stores write them, to the microsecond.</summary>
internal static class StoredTimesExtensions
{
    private static readonly string[] s_forms = ["yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF"];
    private static readonly string[] s_zonedForms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", "yyyy-MM-dd HH:mm:ss.FFFFFFzzz"];

    /// <returns>UTC; null when the text is no time.</returns>
    public static DateTime? Read(this StoredTimes times, string text)
    {
        if (DateTime.TryParseExact(text, s_forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var bare))
            return times.ToUtc(bare);
        return DateTimeOffset.TryParseExact(text, s_zonedForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var zoned)
            ? zoned.UtcDateTime
            : null;
    }

    /// <summary>As databases keep it: a blank between day and hour, no zone.</summary>
    public static string? WriteForDatabase(this StoredTimes times, DateTime? utc) =>
        utc is { } t ? times.FromUtc(t).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture) : null;

    /// <summary>As journals keep it: UTC says so, local time says nothing.</summary>
    public static string WriteForJournal(this StoredTimes times, DateTime utc) =>
        times.FromUtc(utc).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture) + (times == StoredTimes.Utc ? "+00:00" : "");

    // By the offset rather than by conversion: an hour that a clock skipped has an offset, too.
    private static DateTime ToUtc(this StoredTimes times, DateTime bare)
    {
        var offset = times == StoredTimes.Utc ? TimeSpan.Zero : TimeZoneInfo.Local.GetUtcOffset(DateTime.SpecifyKind(bare, DateTimeKind.Unspecified));
        var ticks = Math.Clamp(bare.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new DateTime(ticks, DateTimeKind.Utc);
    }

    private static DateTime FromUtc(this StoredTimes times, DateTime utc) => times == StoredTimes.Utc ? utc : utc.ToLocalTime();
}
