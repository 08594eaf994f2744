using System.Collections.Immutable;
using Optuna.Json;
using Optuna.Samplers;
using Optuna.Samplers.Ga;
using Optuna.Samplers.Nsga;
using Optuna.SearchSpaces;
using Optuna.Studies;
using Optuna.Tests.Samplers.CmaEs;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Samplers.Nsga;

public sealed class NsgaSamplerTests
{
    private const string Generation = "NSGAIISampler:generation";
    private const int Size = 6;

    private static readonly StudyDirection[] Two = [StudyDirection.Minimize, StudyDirection.Minimize];

    [Fact]
    public void Generations_follow_one_another_and_each_has_parents_from_before()
    {
        var study = Study.Create(directions: Two, sampler: new NsgaIISampler(new NsgaOptions { PopulationSize = Size }), seed: 1);
        study.Optimize(Opposed, nTrials: 5 * Size);
        Assert.Equal(Enumerable.Range(0, 5 * Size).Select(n => (int?)n / Size), study.Trials.Select(GenerationOf));
        for (var g = 1; g < 5; g++)
        {
            var parents = ParentsOf(study, g);
            Assert.Equal(Size, parents.Distinct().Count());
            Assert.All(parents, p => Assert.InRange(GenerationOf(study.Trials[p])!.Value, 0, g - 1));
        }

        Assert.DoesNotContain("NSGAIISampler:parent:0", study.SystemAttrs.Keys);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Failed_and_pruned_trials_are_of_no_generation_that_counts(bool prune)
    {
        var study = Study.Create(sampler: new NsgaIISampler(new NsgaOptions { PopulationSize = Size }), seed: 1);
        study.Optimize(
            t => t.SuggestFloat("x", 0, 1) is var x && t.Number % 2 == 0 ? x : prune ? throw new TrialPrunedException() : double.NaN, nTrials: 4 * Size);
        Assert.Equal(Enumerable.Range(0, 4 * Size).Select(n => (int?)(n + 1) / (2 * Size)), study.Trials.Select(GenerationOf));
        Assert.All(ParentsOf(study, 1), p => Assert.Equal(TrialState.Complete, study.Trials[p].State));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_study_read_back_in_the_middle_of_a_generation_goes_on_as_it_would_have(int running)
    {
        static NsgaIISampler New() => new(new NsgaOptions { PopulationSize = Size });
        static double[] Suggest(Trial t) => [t.SuggestFloat("x", -1, 1), t.SuggestInt("n", 0, 9)];
        static double Objective(double[] x) => (x[0] * x[0]) + x[1];
        static int Pick(int live) => live / 2;

        var whole = LocalLab.Start(New());
        var first = whole.Run(27, running, Suggest, Objective, Pick);
        var restarted = whole.Restarted(New());
        Assert.Equal(whole.Run(30, running, Suggest, Objective, Pick), restarted.Run(30, running, Suggest, Objective, Pick));
        Assert.Equal(whole.Study.SystemAttrs.OrderBy(a => a.Key), restarted.Study.SystemAttrs.OrderBy(a => a.Key));
        Assert.Equal(whole.Study.Trials.Select(GenerationOf), restarted.Study.Trials.Select(GenerationOf));
        Assert.Equal(27, first.Count);
    }

    [Fact]
    public void Trials_side_by_side_are_of_the_generation_they_began_in_and_share_its_parents()
    {
        var study = Study.Create(directions: Two, sampler: new NsgaIISampler(new NsgaOptions { PopulationSize = Size }), seed: 1);
        study.Optimize(Opposed, nTrials: 20 * Size, nJobs: 6);
        var last = study.Trials.Max(t => GenerationOf(t)!.Value);
        Assert.InRange(last, 8, 19);
        for (var g = 0; g < last; g++)
            Assert.True(study.Trials.Count(t => GenerationOf(t) == g && t.State == TrialState.Complete) >= Size);
        for (var g = 1; g < last; g++)
            Assert.Equal(Size, ParentsOf(study, g).Distinct().Count());
    }

    [Fact]
    public void Parents_that_somebody_else_has_chosen_are_used()
    {
        var options = new NsgaOptions { PopulationSize = Size, CrossoverProb = 0, MutationProb = 0 };
        var lab = LocalLab.Start(new NsgaIISampler(options));
        lab.Study.Optimize(t => t.SuggestFloat("x", 0, 1), nTrials: Size);
        var two = new[] { 3, 5 };
        Set(lab, "NSGAIISampler:parent:1", $"[{string.Join(",", two.Select(n => TrialIds.Of(new StudyId(1), n)))}]");
        lab.Study.Optimize(t => t.SuggestFloat("x", 0, 1), nTrials: Size);
        var trials = lab.Study.Trials;
        Assert.Equal(two.Select(n => trials[n].Params["x"]).Order(), trials[Size..].Select(t => t.Params["x"]).Distinct().Order());
    }

    [Theory]
    [InlineData("[17, 18]")]
    [InlineData("[3000000000000]")]
    [InlineData("\"everybody\"")]
    [InlineData("[0.5]")]
    public void Parents_that_are_no_trials_of_this_study_are_chosen_anew(string json)
    {
        var lab = LocalLab.Start(new NsgaIISampler(new NsgaOptions { PopulationSize = Size }));
        lab.Study.Optimize(t => t.SuggestFloat("x", 0, 1), nTrials: Size);
        Set(lab, "NSGAIISampler:parent:1", json);
        lab.Study.Optimize(t => t.SuggestFloat("x", 0, 1), nTrials: Size);
        Assert.Equal(Enumerable.Range(0, Size), ParentsOf(lab.Study, 1).Order());
    }

    [Fact]
    public void What_violates_a_constraint_is_a_parent_only_where_too_few_do_not()
    {
        var study = Study.Create(directions: Two, sampler: new NsgaIISampler(new NsgaOptions { PopulationSize = Size }), seed: 1);
        study.Optimize(
            t =>
            {
                t.SetConstraint("c", t.Number % 3 == 0 ? 1 + t.Number : -1);
                return Opposed(t);
            },
            nTrials: 4 * Size);
        // Four of the first six are feasible; of the others the one that violates less is 0.
        Assert.Equal([0, 1, 2, 4, 5, 3], ParentsOf(study, 1).OrderBy(n => n == 3 ? 9 : n));
        Assert.All(ParentsOf(study, 2).Concat(ParentsOf(study, 3)), n => Assert.NotEqual(0, n % 3));
    }

    [Fact]
    public void Strategies_of_ones_own_are_asked_and_told()
    {
        var own = new Own();
        var ended = new List<(int, TrialState)>();
        var study = Study.Create(
            sampler: new NsgaIISampler(new NsgaOptions
            {
                PopulationSize = Size, EliteSelection = own, ChildGeneration = own,
                AfterTrial = (context, state, _) =>
                {
                    ended.Add((context.Number, state));
                    context.SetTrialAttr("seen", "true");
                },
            }),
            seed: 1);
        study.Optimize(t => t.Number == 7 ? double.NaN : t.SuggestFloat("x", 0, 1), nTrials: 2 * Size);
        Assert.Equal([[0, 1, 2, 3, 4, 5]], own.Populations);
        Assert.Equal([2], ParentsOf(study, 1));
        Assert.All(study.Trials[Size..].Where(t => t.Number != 7), t => Assert.Equal(0.125, t.Params["x"]));
        Assert.Equal(Enumerable.Range(0, 2 * Size).Select(n => (n, n == 7 ? TrialState.Fail : TrialState.Complete)), ended);
        Assert.All(study.Trials, t => Assert.Contains(KeyValuePair.Create("seen", "true"), t.SystemAttrs));
    }

    [Fact]
    public void A_genetic_sampler_of_ones_own_needs_no_more_than_selection_and_children()
    {
        var study = Study.Create(sampler: new Hermits(), seed: 1);
        study.Optimize(t => t.SuggestFloat("x", 0, 1), nTrials: 12);
        Assert.Equal(Enumerable.Range(0, 12).Select(n => $"{n / 4}"), study.Trials.Select(t => t.SystemAttrs.Single(a => a.Key == "Hermits:generation").Value));
        Assert.Equal(study.Trials.Take(4).Min(t => t.Value!.Value) / 4, study.Trials[^1].Value);
    }

    [Theory]
    [InlineData("nsgaii", """{"population_size": 1}""", "population_size")]
    [InlineData("nsgaii", """{"population_size": 2, "crossover": "undx"}""", "population_size")]
    [InlineData("nsgaii", """{"mutation_prob": 1.5}""", "mutation_prob")]
    [InlineData("nsgaii", """{"crossover_prob": -0.1}""", "crossover_prob")]
    [InlineData("nsgaii", """{"swapping_prob": 2}""", "swapping_prob")]
    [InlineData("nsgaii", """{"crossover": "twist"}""", "twist")]
    [InlineData("nsgaii", """{"crossover": {"name": "sbx", "options": {"eta": -1}}}""", "eta")]
    [InlineData("nsgaii", """{"crossover": {"name": "sbx", "options": {"alpha": 1}}}""", "alpha")]
    [InlineData("nsgaii", """{"crossover": {"name": "vsbx", "options": {"use_child_gene_prob": 0}}}""", "use_child_gene_prob")]
    [InlineData("nsgaii", """{"mutation": {"name": "polynomial", "options": {"eta": -2}}}""", "eta")]
    [InlineData("nsgaii", """{"reference_points": [[1, 0]]}""", "reference_points")]
    [InlineData("nsgaiii", """{"reference_points": []}""", "reference_points")]
    [InlineData("nsgaiii", """{"reference_points": [[0, 0]]}""", "reference_points")]
    [InlineData("nsgaiii", """{"reference_points": [[1, 0, 0]]}""", "reference_points")]
    [InlineData("nsgaiii", """{"dividing_parameter": 0}""", "dividing_parameter")]
    public void Options_out_of_range_are_refused_by_name(string name, string options, string named) =>
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => SamplerCatalog.Create(new ComponentSpec(name, options), 2)).Message);

    private static double[] Opposed(Trial t)
    {
        var x = t.SuggestFloat("x", 0, 1);
        var y = t.SuggestFloat("y", 0, 1);
        return [x + y, 1 - x + y];
    }

    private static int? GenerationOf(FrozenTrial trial) =>
        trial.SystemAttrs.FirstOrDefault(a => a.Key == Generation).Value is { } json ? int.Parse(json) : null;

    private static int[] ParentsOf(Study study, int generation) =>
        [.. ((List<object?>)PythonJson.Read(study.SystemAttrs[$"NSGAIISampler:parent:{generation}"])!).Select(id =>
        {
            Assert.True(TrialIds.TryRead((long)id!, out var owner, out var number));
            Assert.Equal(new StudyId(1), owner);
            return number;
        })];

    private static void Set(LocalLab lab, string key, string json)
    {
        foreach (var e in StudyRules.Decide(lab.State, new StudyCommands.SetStudyAttr(AttrKind.System, key, json), DateTimeOffset.UnixEpoch).Events)
        {
            lab.State.Apply(e);
            lab.Events.Add(e);
        }
    }

    private sealed class Own : IEliteSelection, IChildGeneration
    {
        public List<int[]> Populations { get; } = [];

        public IReadOnlyList<int> Select(SamplingContext context, IReadOnlyList<int> population)
        {
            Populations.Add([.. population]);
            return [2];
        }

        public IReadOnlyList<TrialParam> Generate(SamplingContext context, SearchSpace space, IReadOnlyList<int> parents)
        {
            Assert.Equal([2], parents);
            return [new TrialParam("x", space.Find("x")!, 0.125)];
        }
    }

    /// <summary>One parent, the best, and children at half its value.</summary>
    private sealed class Hermits() : GaSampler("Hermits", 4)
    {
        protected override IReadOnlyList<int> SelectParents(SamplingContext context, IReadOnlyList<int> population)
        {
            var values = context.Study.Values(0).ToArray();
            return [population.MinBy(n => values[n])];
        }

        protected override IReadOnlyList<TrialParam> Generate(SamplingContext context, SearchSpace space, IReadOnlyList<int> parents) =>
            [.. space.Params.Select(p => new TrialParam(p.Key, p.Value, context.Study.Column(p.Key)![parents[0]] / 2))];
    }
}
