using System.Collections.Immutable;
using System.Globalization;
using Optuna.Json;

namespace Optuna.Trials;

/// <summary>Which lost trials a trial is a new attempt at, as Optuna's <c>RetryHeartbeatStaleTrialCallback</c> writes it down.</summary>
public static class Retries
{
    internal const string FirstKey = "failed_trial", HistoryKey = "retry_history";

    /// <summary>Number of the first of the lost trials; null for a trial that is no new attempt.</summary>
    public static int? RetriedTrialNumber(FrozenTrial trial) =>
        Text(trial.SystemAttrs, FirstKey) is { } json && PythonJson.Read(json) is long number ? (int)number : null;

    /// <summary>Numbers of all lost trials before this one, the first attempt first; empty for a trial that is no new attempt.</summary>
    public static ImmutableArray<int> RetryHistory(FrozenTrial trial) => History(trial.SystemAttrs);

    internal static ImmutableArray<int> History(ImmutableArray<KeyValuePair<string, string>> systemAttrs) =>
        Text(systemAttrs, HistoryKey) is { } json && PythonJson.Read(json) is IEnumerable<object?> numbers
            ? [.. numbers.OfType<long>().Select(n => (int)n)]
            : [];

    /// <summary>What the new attempt at a lost trial has for system attributes.</summary>
    internal static ImmutableArray<KeyValuePair<string, string>> Attrs(int number, ImmutableArray<KeyValuePair<string, string>> ofLost)
    {
        var history = string.Join(", ", History(ofLost).Append(number).Select(n => n.ToString(CultureInfo.InvariantCulture)));
        var first = Text(ofLost, FirstKey) ?? number.ToString(CultureInfo.InvariantCulture);
        return
        [
            KeyValuePair.Create(FirstKey, first),
            KeyValuePair.Create(HistoryKey, $"[{history}]"),
            .. ofLost.Where(a => a.Key is not (FirstKey or HistoryKey)),
        ];
    }

    private static string? Text(ImmutableArray<KeyValuePair<string, string>> attrs, string key)
    {
        foreach (var (k, json) in attrs)
        {
            if (k == key)
                return json;
        }

        return null;
    }
}
