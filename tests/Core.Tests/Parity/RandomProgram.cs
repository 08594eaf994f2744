using System.Text.Json;
using Optuna.Distributions;
using Optuna.Json;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Tests.Parity;

/// <summary>An objective that chance wrote: a space of its own, branches, failures and reports, with what Optuna did with it.</summary>
/// <remarks>What the members of the file mean is in README.md.</remarks>
internal sealed class RandomProgram(JsonElement program)
{
    private const double Best = 0.37;

    private static readonly Lazy<IReadOnlyList<RandomProgram>> s_all = new(() =>
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Parity", "random-programs.json"));
        return [.. JsonDocument.Parse(text).RootElement.GetProperty("programs").EnumerateArray().Select(p => new RandomProgram(p))];
    });

    internal static IReadOnlyList<RandomProgram> All => s_all.Value;

    internal string Name => $"{Text("sampler")} {program.GetProperty("options").GetRawText()}";

    /// <summary>By trial: the state's first letter, how many reports it made, and its parameters' values in the order suggested.</summary>
    internal IReadOnlyList<JsonElement> Expected => [.. program.GetProperty("trials").EnumerateArray()];

    internal Study Run()
    {
        var pruner = program.GetProperty("pruner");
        var study = Study.Create(
            studyName: "s", direction: Text("direction") == "minimize" ? StudyDirection.Minimize : StudyDirection.Maximize,
            sampler: SamplerCatalog.Create(new ComponentSpec(Text("sampler"), program.GetProperty("options").GetRawText())),
            pruner: pruner.ValueKind == JsonValueKind.Null ? new NopPruner() : PrunerCatalog.Create(new ComponentSpec(pruner[0].GetString()!, pruner[1].GetRawText())),
            seed: program.GetProperty("seed").GetUInt64());
        if (program.TryGetProperty("enqueued", out var enqueued))
        {
            foreach (var trial in enqueued.EnumerateArray())
                study.EnqueueTrial(trial.EnumerateObject().ToDictionary(p => p.Name, p => External(p.Value)));
        }

        study.Optimize(Evaluate, nTrials: Expected.Count, @catch: [typeof(TimeoutException)]);
        return study;
    }

    /// <summary>A JSON value as a parameter's value: a number with a point or an exponent is a double.</summary>
    internal static object? External(JsonElement value) => PythonJson.Read(value.GetRawText());

    private double Evaluate(Trial trial)
    {
        var (total, weight) = (0.0, 1.0);
        foreach (var (name, parameter) in Members(program.GetProperty("space")))
        {
            total += Term(trial, name, parameter, weight, isFirst: name == "p0");
            weight *= 1.3;
        }

        if (program.GetProperty("conditional") is { ValueKind: JsonValueKind.Object } branches)
        {
            var branch = trial.SuggestCategorical("sw", "l", "r");
            foreach (var (name, parameter) in Members(branches.GetProperty(branch)))
                total += Term(trial, name, parameter, weight, isFirst: false);
            total += branch == "l" ? 0.1 : 0.0;
        }

        if (Has("flat"))
            total = 1;
        if (Has("constraint"))
            trial.SetConstraint("c0", total - 1);
        if (IsTurn("fail", trial.Number, 3))
            throw new TimeoutException();
        if (program.GetProperty("pruner").ValueKind != JsonValueKind.Null)
            Report(trial, total);
        return IsTurn("nan", trial.Number, 5) ? double.NaN : IsTurn("infinite", trial.Number, 6) ? double.PositiveInfinity : total;
    }

    private static void Report(Trial trial, double total)
    {
        for (var step = 0; step < 8; step++)
        {
            trial.Report(total + (0.05 * (((trial.Number * 7) + (step * 3)) % 5) * (8 - step) / 8), step);
            if (trial.ShouldPrune())
                throw new TrialPrunedException();
        }
    }

    private double Term(Trial trial, string name, JsonElement parameter, double weight, bool isFirst)
    {
        var distribution = DistributionJson.Read(parameter.GetRawText());
        var grows = isFirst && Has("grow") && trial.Number >= 20 && distribution is FloatDistribution { Log: false, Step: null };
        if (distribution is CategoricalDistribution categorical)
            return ((((int)categorical.ToInternal(trial.Suggest(name, distribution)) * 7) + 3) % 5) * 0.3 * weight;
        // As written: a distribution lowers an end that is not on its grid.
        var (low, high) = (parameter.GetProperty("low").GetDouble(), parameter.GetProperty("high").GetDouble());
        var log = parameter.TryGetProperty("log", out var isLog) && isLog.GetBoolean();
        if (grows)
        {
            high += high - low;
            distribution = new FloatDistribution(low, high);
        }

        var value = Convert.ToDouble(trial.Suggest(name, distribution));
        var share = log ? Math.Log(value / low) / Math.Log(high / low) : (value - low) / (high - low);
        return weight * (share - Best) * (share - Best);
    }

    private string Text(string key) => program.GetProperty(key).GetString()!;

    private bool Has(string key) => program.TryGetProperty(key, out _);

    private bool IsTurn(string key, int number, int turn) => program.TryGetProperty(key, out var every) && number % every.GetInt32() == turn;

    private static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement of) => of.EnumerateObject().Select(m => (m.Name, m.Value));
}
