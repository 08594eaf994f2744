using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Json;

namespace Optuna.Trials;

/// <content>Trials made by hand.</content>
public sealed partial class FrozenTrial
{
    /// <summary>A trial for <see cref="Study.AddTrial"/>, checked as <see cref="Validate"/> does.</summary>
    /// <param name="value">The only objective's value; not with <paramref name="values"/>.</param>
    /// <param name="parameters">External values by name, each with a distribution of the same name.</param>
    /// <param name="userAttrs">Anything that has a JSON form.</param>
    /// <param name="systemAttrs">As <paramref name="userAttrs"/>; for those who know Optuna's own keys.</param>
    /// <param name="intermediateValues">By step.</param>
    /// <param name="constraints">By key; the trial is feasible when every one is at most 0.</param>
    /// <param name="clock">When it started and ended (a waiting trial did not start); null for the system's.</param>
    /// <exception cref="ArgumentException">The first rule that is broken, as a sentence.</exception>
    public static FrozenTrial Create(
        TrialState state = TrialState.Complete, double? value = null, IReadOnlyList<double>? values = null,
        IReadOnlyDictionary<string, object?>? parameters = null, IReadOnlyDictionary<string, Distribution>? distributions = null,
        IReadOnlyDictionary<string, object?>? userAttrs = null, IReadOnlyDictionary<string, object?>? systemAttrs = null,
        IReadOnlyDictionary<long, double>? intermediateValues = null, IReadOnlyDictionary<string, double>? constraints = null,
        TimeProvider? clock = null)
    {
        if (value is not null && values is not null)
            throw new ArgumentException("Give either 'value' or 'values', not both.");
        var now = (clock ?? TimeProvider.System).GetUtcNow().UtcDateTime;
        var trial = new FrozenTrial
        {
            State = state,
            Values = value is { } only ? [only] : [.. values ?? []],
            DatetimeStart = state == TrialState.Waiting ? null : now,
            DatetimeComplete = state.IsFinished() ? now : null,
            ParamList = Pair(parameters ?? NoParams, distributions ?? NoDistributions),
            UserAttrs = [.. Texts(userAttrs)],
            SystemAttrs = [.. Texts(systemAttrs), .. (constraints ?? ImmutableDictionary<string, double>.Empty).Select(Constraint)],
            IntermediateValues = intermediateValues?.ToImmutableSortedDictionary() ?? NoReports,
        };
        trial.Validate();
        return trial;
    }

    private static readonly ImmutableDictionary<string, object?> NoParams = ImmutableDictionary<string, object?>.Empty;
    private static readonly ImmutableDictionary<string, Distribution> NoDistributions = ImmutableDictionary<string, Distribution>.Empty;

    private static ImmutableArray<TrialParam> Pair(
        IReadOnlyDictionary<string, object?> parameters, IReadOnlyDictionary<string, Distribution> distributions)
    {
        if (distributions.Keys.FirstOrDefault(name => !parameters.ContainsKey(name)) is { } valueless)
            throw new ArgumentException($"Parameter '{valueless}' has a distribution, but no value.");
        return [.. parameters.Select(p => distributions.TryGetValue(p.Key, out var distribution)
            ? new TrialParam(p.Key, distribution, ToInternal(p.Key, distribution, p.Value))
            : throw new ArgumentException($"Parameter '{p.Key}' has a value, but no distribution."))];
    }

    private static double ToInternal(string name, Distribution distribution, object? value)
    {
        try
        {
            return distribution.ToInternal(value);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"Parameter '{name}': {e.Message}", e);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Texts(IReadOnlyDictionary<string, object?>? attrs) =>
        attrs?.Select(a => KeyValuePair.Create(a.Key, PythonJson.Write(a.Value))) ?? [];

    private static KeyValuePair<string, string> Constraint(KeyValuePair<string, double> c) => !double.IsNaN(c.Value)
        ? KeyValuePair.Create(TrialConstraints.KeyPrefix + c.Key, PythonJson.Write(c.Value))
        : throw new ArgumentException($"Constraint '{c.Key}' must not be NaN.");
}
