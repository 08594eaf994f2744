using System.Text.Json;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Samplers.CmaEs;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Parity;

public sealed class CmaEsParityTests
{
    private static readonly string[] Samplers = ["cmaes", "cmaes-sep", "cmaes-lr"];

    // More of Optuna's sequences, recorded as the others were (the file names the versions): discrete parameters, options, one dimension.
    private static readonly Lazy<IReadOnlyList<ParityCase>> s_more = new(() =>
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Parity", "cmaes-sequences.json"));
        return JsonSerializer.Deserialize<ParityFile>(file, new JsonSerializerOptions(JsonSerializerDefaults.Web))!.Cases;
    });

    public static TheoryData<string, string, ulong> Cases =>
        [.. ParityCase.All.Where(c => Samplers.Contains(c.Sampler)).Select(c => (c.Problem, c.Sampler, c.Seed))];

    public static TheoryData<string, string, ulong> MoreCases => [.. s_more.Value.Select(c => (c.Problem, c.Sampler, c.Seed))];

    // All generations: eigenvectors have the signs they have there.
    [Theory]
    [MemberData(nameof(Cases))]
    public void CMA_ES_repeats_Optuna(string problem, string sampler, ulong seed) =>
        ParityCase.Of(problem, sampler, seed).RepeatedBy(Sampler(sampler));

    [Theory]
    [MemberData(nameof(MoreCases))]
    public void CMA_ES_with_options_repeats_Optuna(string problem, string sampler, ulong seed) =>
        s_more.Value.Single(c => (c.Problem, c.Sampler, c.Seed) == (problem, sampler, seed)).RepeatedBy(Sampler(sampler));

    [Fact]
    public void The_cases_hold_every_kind() => Assert.Equal((8, 10), (Cases.Count, MoreCases.Count));

    private static ISampler Sampler(string name) => name switch
    {
        "cmaes" => SamplerCatalog.Create(new ComponentSpec("cmaes")),
        "cmaes-sep" => SamplerCatalog.Create(new ComponentSpec("cmaes", """{"use_separable_cma": true}""")),
        "cmaes-lr" => SamplerCatalog.Create(new ComponentSpec("cmaes", """{"lr_adapt": true}""")),
        "cmaes-margin" => SamplerCatalog.Create(new ComponentSpec("cmaes", """{"with_margin": true}""")),
        "cmaes-pruned" => SamplerCatalog.Create(new ComponentSpec("cmaes", """{"consider_pruned_trials": true}""")),
        "cmaes-popsize" => SamplerCatalog.Create(new ComponentSpec("cmaes", """{"popsize": 5, "n_startup_trials": 3}""")),
        "cmaes-warm" => new CmaEsSampler(new CmaEsOptions { SourceTrials = Source() }),
        _ => throw new ArgumentException($"There is no case for '{name}'."),
    };

    // Twelve of them are promising: enough that no two eigenvalues of their covariance are equal.
    private static IReadOnlyList<FrozenTrial> Source()
    {
        var study = Study.Create(sampler: new RandomSampler(), pruner: new NopPruner(), seed: 3);
        study.Optimize(ParityProblems.Of("sphere5"), nTrials: 120);
        return study.Trials;
    }
}
