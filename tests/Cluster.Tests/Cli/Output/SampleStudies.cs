using System.Collections.Immutable;
using System.Numerics;
using Optuna.Distributions;
using Optuna.Json;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Tests.Cli.Output;

/// <summary>The studies whose looks are recorded in optuna-5.txt. Optuna 5 got the same ones through <c>study.add_trial</c>.</summary>
internal static class SampleStudies
{
    // Optuna was given times without a zone, which it takes for local.
    private static readonly DateTime s_start = new(2026, 3, 1, 10, 0, 0, 250, DateTimeKind.Local);
    private static readonly FloatDistribution s_float = new(-10, 10);
    private static readonly IntDistribution s_int = new(1, 100);
    private static readonly CategoricalDistribution s_choices = new(null, true, 1, 2.5, "adam", "it's", "žluťoučký 🐎");

    public static ImmutableArray<(string Name, StudyDirection[] Directions)> All { get; } =
    [
        ("many states", [StudyDirection.Minimize]),
        ("pareto ü", [StudyDirection.Minimize, StudyDirection.Maximize]),
        ("named", [StudyDirection.Maximize, StudyDirection.Minimize]),
        ("one metric", [StudyDirection.Maximize]),
        ("empty", [StudyDirection.Minimize]),
    ];

    /// <summary>Gives the study of one of these names its trials and attributes.</summary>
    public static Study Fill(Study study)
    {
        switch (study.Name)
        {
            case "many states":
                study.AddTrials(ManyStates);
                break;
            case "pareto ü":
                study.AddTrials(
                [
                    Trial(TrialState.Complete, TimeSpan.FromSeconds(59), [1, 2], [("x", s_float, 1.0)]),
                    Trial(TrialState.Fail, TimeSpan.Zero),
                    Trial(TrialState.Complete, TimeSpan.Zero, [3, 1]),
                    Trial(TrialState.Complete, TimeSpan.Zero, [0.25, double.PositiveInfinity]),
                ]);
                break;
            case "named":
                study.SetMetricNames(["score", "cost"]);
                study.AddTrials([Trial(TrialState.Complete, TimeSpan.Zero, [1, 2]), Trial(TrialState.Waiting)]);
                break;
            case "one metric":
                study.SetMetricNames(["auc"]);
                study.AddTrial(Trial(TrialState.Complete, TimeSpan.Zero, [0.75]));
                break;
            case "empty":
                study.SetUserAttr("owner", "ops");
                study.SetUserAttr("list", new[] { 1, 2 });
                break;
        }

        return study;
    }

    private static IEnumerable<FrozenTrial> ManyStates =>
    [
        Trial(
            TrialState.Complete, TimeSpan.FromMicroseconds(1_234_567), [0.5],
            [("x", s_float, 1.0), ("lr", new FloatDistribution(1e-6, 1, log: true), 1e-5), ("n", s_int, 3), ("opt", s_choices, "adam")],
            new()
            {
                ["note"] = "first try",
                ["tags"] = new object?[] { "a", 1, null, true, double.NaN },
                ["deep"] = new Dictionary<string, object?> { ["k"] = new object?[] { 1.5, new Dictionary<string, object?> { ["z"] = "q\"uo'te" } } },
                ["big"] = BigInteger.Parse("12345678901234567890"),
            },
            [(0, 1.5), (3, 2.5)]),
        Trial(
            TrialState.Pruned, TimeSpan.FromMinutes(5), [double.PositiveInfinity], [("x", s_float, -2.25), ("opt", s_choices, null)],
            new() { ["note"] = "line one\nline two" }, [(1, double.NaN)]),
        Trial(TrialState.Fail, new TimeSpan(1, 2, 0, 0), [], [("x", s_float, 3.0), ("opt", s_choices, true)]),
        Trial(
            TrialState.Running, null, [], [("x", s_float, 10.0), ("opt", s_choices, "žluťoučký 🐎")],
            new()
            {
                ["ratio"] = double.NegativeInfinity, ["empty"] = Array.Empty<object>(), ["none"] = null, ["yes"] = "yes", ["num"] = "12",
            }),
        Trial(TrialState.Waiting),
        Trial(TrialState.Complete, TimeSpan.Zero, [-1e22], [("opt", s_choices, "it's"), ("n", s_int, 100)]),
        Trial(TrialState.Pruned, TimeSpan.FromDays(3) + TimeSpan.FromMicroseconds(1), [], [("opt", s_choices, 2.5)]),
    ];

    private static FrozenTrial Trial(
        TrialState state, TimeSpan? duration = null, double[]? values = null, (string Name, Distribution Distribution, object? Value)[]? parameters = null,
        Dictionary<string, object?>? attrs = null, (long Step, double Value)[]? reports = null) => new()
        {
            State = state,
            Values = [.. values ?? []],
            DatetimeStart = state == TrialState.Waiting ? null : s_start,
            // Not across a change to summer time: the duration is one of real time.
            DatetimeComplete = duration is { } d ? s_start.ToUniversalTime() + d : null,
            ParamList = [.. (parameters ?? []).Select(p => new TrialParam(p.Name, p.Distribution, p.Distribution.ToInternal(p.Value)))],
            UserAttrs = [.. (attrs ?? []).Select(a => KeyValuePair.Create(a.Key, PythonJson.Write(a.Value)))],
            IntermediateValues = (reports ?? []).ToImmutableSortedDictionary(r => r.Step, r => r.Value),
        };
}
