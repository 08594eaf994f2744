using Optuna.Distributions;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Samplers.Auto;
using Optuna.Samplers.CmaEs;
using Optuna.Json;
using Optuna.Samplers.Gp;
using Optuna.Samplers.Nsga;
using Optuna.Samplers.Tpe;
using Optuna.Studies;
using Optuna.Tests.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Samplers.Auto;

public sealed class AutoSamplerTests : SamplerContract
{
    private static readonly AutoOptions Hasty = new() { GpTrials = 14 };

    protected override ISampler Create() => new AutoSampler(Hasty);

    [Fact]
    public void The_first_trials_are_the_Gaussian_process()
    {
        Assert.IsType<GpSampler>(Chosen(0, X, N));
        Assert.IsType<GpSampler>(Chosen(13, X, C));
    }

    [Fact]
    public void Many_trials_of_numbers_are_CMA_ES_and_of_choices_TPE()
    {
        Assert.IsType<CmaEsSampler>(Chosen(14, X, Fine));
        Assert.IsType<TpeSampler>(Chosen(14, X, C));
    }

    [Fact]
    public void A_grid_of_few_points_is_not_for_CMA_ES_and_where_all_are_the_Gaussian_process_ends_sooner()
    {
        var sampler = new AutoOptions { GpTrials = 101 };
        Assert.IsType<TpeSampler>(Chosen(14, X, N));
        Assert.IsType<CmaEsSampler>(Chosen(14, X, Fine));
        Assert.IsType<GpSampler>(Chosen(sampler, 100, X, N));
        Assert.IsType<GpSampler>(Chosen(sampler, 99, N, C));
        Assert.IsType<TpeSampler>(Chosen(sampler, 100, N, C));
    }

    [Fact]
    public void Many_parameters_are_not_for_the_Gaussian_process()
    {
        var many = Enumerable.Range(0, 41).Select(i => KeyValuePair.Create($"x{i}", (Distribution)Given.Unit)).ToArray();
        Assert.IsType<GpSampler>(Chosen(5, many[..40]));
        Assert.IsType<CmaEsSampler>(Chosen(5, many));
    }

    [Fact]
    public void Parameters_that_only_some_trials_have_are_TPE_group_by_group()
    {
        var given = Given.AStudy();
        Add(given, X, N);
        Add(given, X);
        Assert.IsType<TpeSampler>(new AutoSampler(Hasty).Choose(given.State.View));
    }

    [Fact]
    public void Constraints_keep_CMA_ES_out()
    {
        var given = Given.AStudy();
        for (var i = 0; i < 14; i++)
            Add(given, X, Fine);
        given.Add(FrozenTrial.Create(value: 1, parameters: Values([X, Fine]), distributions: new[] { X, Fine }.ToDictionary(), constraints: new Dictionary<string, double> { ["c"] = 1 }));
        Assert.IsType<TpeSampler>(new AutoSampler(Hasty).Choose(given.State.View));
    }

    [Theory]
    [InlineData(2, 13, typeof(GpSampler))]
    [InlineData(4, 13, typeof(TpeSampler))]
    [InlineData(2, 14, typeof(TpeSampler))]
    [InlineData(3, 1000, typeof(NsgaIISampler))]
    [InlineData(4, 1000, typeof(NsgaIIISampler))]
    public void Several_objectives_are_the_Gaussian_process_then_TPE_then_NSGA(int objectives, int trials, Type sampler)
    {
        var given = Given.AStudy([.. Enumerable.Repeat(StudyDirection.Minimize, objectives)]);
        for (var i = 0; i < trials; i++)
            given.Add(FrozenTrial.Create(values: new double[objectives], parameters: Values([X]), distributions: new[] { X }.ToDictionary()));
        Assert.IsType(sampler, new AutoSampler(Hasty).Choose(given.State.View));
    }

    [Fact]
    public void NSGA_II_begins_with_the_best_that_others_have_found()
    {
        var study = Study.Create(directions: [StudyDirection.Minimize, StudyDirection.Minimize], sampler: new AutoSampler(new AutoOptions { GpTrials = 0 }), seed: 1);
        study.Optimize(t => t.SuggestFloat("x", 0, 1) is var x && t.SuggestFloat("y", 0, 1) is var y ? [x + y, 1 - x + y] : [], nTrials: 1060);
        Assert.Equal("20", study.Trials[1001].SystemAttrs.Single(a => a.Key == "NSGAIISampler:generation").Value);
        var parents = ((List<object?>)PythonJson.Read(study.SystemAttrs["NSGAIISampler:parent:20"])!)
            .Select(id => TrialIds.TryRead((long)id!, out _, out var number) ? number : -1).ToArray();
        var front = study.BestTrials.Where(t => t.Number < 1000).Select(t => t.Number).ToArray();
        Assert.True(front.Intersect(parents).Count() >= Math.Min(50, front.Length) / 2);
    }

    [Theory]
    [InlineData("""{"n_gp_trials": -1}""", "n_gp_trials")]
    [InlineData("""{"n_gp_params": -1}""", "n_gp_params")]
    public void An_option_out_of_range_is_refused_by_name(string options, string named) =>
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => SamplerCatalog.Create(new ComponentSpec("auto", options))).Message);

    [Fact]
    public void CMA_ES_goes_on_from_what_the_Gaussian_process_found()
    {
        var study = Study.Create(sampler: new AutoSampler(new AutoOptions { GpTrials = 30 }), pruner: new NopPruner(), seed: 3);
        study.Optimize(t => Math.Pow(t.SuggestFloat("x", -5, 5) - 3, 2) + Math.Pow(t.SuggestFloat("y", -5, 5) + 2, 2), nTrials: 60);
        var first = study.Trials.Skip(30).Take(6).ToArray();
        Assert.All(first, t => Assert.Contains(t.SystemAttrs, a => a.Key == "cma:generation"));
        Assert.True(first.Average(t => t.Value!.Value) < 4, "The first generation of CMA-ES starts from the middle of the ranges.");
    }

    private static KeyValuePair<string, Distribution> X => KeyValuePair.Create("x", (Distribution)Given.Unit);

    private static KeyValuePair<string, Distribution> N => KeyValuePair.Create("n", (Distribution)new IntDistribution(0, 9));

    private static KeyValuePair<string, Distribution> C => KeyValuePair.Create("c", (Distribution)new CategoricalDistribution("a", "b"));

    private static KeyValuePair<string, Distribution> Fine => KeyValuePair.Create("fine", (Distribution)new IntDistribution(0, 1000));

    private static IRelativeSampler Chosen(int complete, params KeyValuePair<string, Distribution>[] space) => Chosen(Hasty, complete, space);

    private static IRelativeSampler Chosen(AutoOptions options, int complete, params KeyValuePair<string, Distribution>[] space)
    {
        var given = Given.AStudy();
        for (var i = 0; i < complete; i++)
            Add(given, space);
        return new AutoSampler(options).Choose(given.State.View);
    }

    private static void Add(Given given, params KeyValuePair<string, Distribution>[] space) =>
        given.Add(FrozenTrial.Create(value: 1, parameters: Values(space), distributions: space.ToDictionary()));

    private static Dictionary<string, object?> Values(KeyValuePair<string, Distribution>[] space) =>
        space.ToDictionary(p => p.Key, p => p.Value.ToExternal(p.Value is FloatDistribution ? 0.5 : 1));
}
