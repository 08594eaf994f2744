using System.Text.Json;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Parity;

/// <summary>One recorded sequence: a problem, a sampler's name, a seed, and the trials Optuna made.</summary>
public sealed record ParityCase(string Problem, string Sampler, ulong Seed, IReadOnlyList<ParityTrial> Trials)
{
    private const double Tolerance = 1e-9;

    private static readonly JsonSerializerOptions s_names = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly Lazy<IReadOnlyList<ParityCase>> s_all = new(() => Read("sequences.json"));

    private static readonly Lazy<IReadOnlyList<ParityCase>> s_several = new(() => Read("several-sequences.json"));

    public static IReadOnlyList<ParityCase> All => s_all.Value;

    /// <summary>More of them: genetic samplers with options, and problems of several objectives.</summary>
    public static IReadOnlyList<ParityCase> Several => s_several.Value;

    public static ParityCase Of(string problem, string sampler, ulong seed) =>
        All.Single(c => c.Problem == problem && c.Sampler == sampler && c.Seed == seed);

    /// <summary>Problem and seed of every case of these samplers, for a theory.</summary>
    public static TheoryData<string, ulong> CasesOf(string sampler)
    {
        var data = new TheoryData<string, ulong>();
        foreach (var c in All.Where(c => c.Sampler == sampler))
            data.Add(c.Problem, c.Seed);
        return data;
    }

    /// <summary>Runs the problem with this sampler, and asserts that every trial is the recorded one, to 1e-9.</summary>
    public void RepeatedBy(ISampler sampler)
    {
        var study = Study.Create(
            directions: ParityProblems.Directions(Problem), sampler: sampler, seed: Seed,
            pruner: Problem == "pruned-median" ? new MedianPruner() : new NopPruner());
        study.Optimize(ParityProblems.Of(Problem), nTrials: Trials.Count);
        var trials = study.Trials;
        Assert.Equal(Trials.Count, trials.Length);
        for (var n = 0; n < trials.Length; n++)
            Same(Trials[n], trials[n]);
    }

    private static IReadOnlyList<ParityCase> Read(string name)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Parity", name));
        return JsonSerializer.Deserialize<ParityFile>(file, s_names)!.Cases;
    }

    private void Same(ParityTrial expected, FrozenTrial actual)
    {
        var where = $"{Problem} with {Sampler} and seed {Seed}, trial {actual.Number}";
        Assert.True(expected.State == actual.State.ToString().ToUpperInvariant(), $"{where} is {actual.State}; Optuna's is {expected.State}.");
        Assert.True(expected.Steps == actual.IntermediateValues.Count, $"{where} reported {actual.IntermediateValues.Count} times; Optuna's {expected.Steps} times.");
        Assert.Equal(expected.Params.Keys, actual.Params.Keys);
        foreach (var (name, value) in expected.Params)
        {
            var ours = actual.Params[name];
            Assert.True(
                value.ValueKind == JsonValueKind.String ? value.GetString() == ours as string : Near(value.GetDouble(), Convert.ToDouble(ours)),
                $"{where} has {name} = {ours}; Optuna's is {value}.");
        }

        var values = expected.Values ?? [];
        Assert.Equal(values.Count, actual.Values.Length);
        for (var k = 0; k < values.Count; k++)
            Assert.True(Near(values[k], actual.Values[k]), $"{where} has the value {actual.Values[k]:R}; Optuna's is {values[k]:R}.");
    }

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) <= Tolerance * Math.Max(1, Math.Abs(expected));
}

/// <param name="Values">Null when the trial has none.</param>
/// <param name="Steps">How often it reported.</param>
public sealed record ParityTrial(Dictionary<string, JsonElement> Params, IReadOnlyList<double>? Values, string State, int Steps);

internal sealed record ParityFile(IReadOnlyList<ParityCase> Cases);
