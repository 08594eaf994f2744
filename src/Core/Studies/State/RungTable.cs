using System.Globalization;
using Optuna.Json;

namespace Optuna.Studies.State;

/// <summary>What trials were worth when they completed a rung of successive halving, as their attributes <c>completed_rung_k</c> say.</summary>
/// <remarks>A log that only grows in the ordinary course; readers that divide it (by bracket) keep their own sorted values and catch up.</remarks>
internal sealed class RungTable
{
    private readonly List<Entry> _log = [];
    private readonly Dictionary<Func<int, bool>, Sorted> _sorted = [];
    private int _epoch;

    public const string KeyPrefix = "completed_rung_";

    private static readonly Func<int, bool> Everybody = _ => true;

    /// <summary>A trial's attribute was set or, with <paramref name="json"/> null, taken away.</summary>
    /// <param name="before">What it was before, or null.</param>
    public void Note(int number, string key, string? json, string? before)
    {
        if (!key.StartsWith(KeyPrefix, StringComparison.Ordinal)
            || !int.TryParse(key.AsSpan(KeyPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var rung))
            return;
        if (before is not null)
        {
            _log.RemoveAll(e => e.Number == number && e.Rung == rung);
            _epoch++;
        }

        if (Read(json) is { } value)
            _log.Add(new Entry(number, rung, value));
    }

    /// <summary>The values at a rung, of trials of any state.</summary>
    /// <param name="among">Which trial numbers count; the same delegate every time for the same set. Null for all.</param>
    public SortedValues At(int rung, Func<int, bool>? among = null)
    {
        among ??= Everybody;
        if (!_sorted.TryGetValue(among, out var sorted) || sorted.Epoch != _epoch)
            _sorted[among] = sorted = new Sorted(_epoch);
        for (; sorted.Taken < _log.Count; sorted.Taken++)
        {
            var e = _log[sorted.Taken];
            if (!among(e.Number))
                continue;
            if (!sorted.Rungs.TryGetValue(e.Rung, out var values))
                sorted.Rungs.Add(e.Rung, values = new SortedValues());
            values.Add(e.Value);
        }

        return sorted.Rungs.GetValueOrDefault(rung) ?? SortedValues.Empty;
    }

    private static double? Read(string? json)
    {
        try
        {
            return json is null ? null : JsonConversion.Real(PythonJson.Read(json));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private readonly record struct Entry(int Number, int Rung, double Value);

    private sealed class Sorted(int epoch)
    {
        public int Epoch { get; } = epoch;

        public int Taken { get; set; }

        public Dictionary<int, SortedValues> Rungs { get; } = [];
    }
}
