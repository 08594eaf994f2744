using CsCheck;
using Optuna.Distributions;
using Optuna.Numerics;
using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Tests.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Samplers;

/// <summary>Whatever a study has been through, a sampler draws, and what it draws lies in its distribution.</summary>
public sealed class AnyHistoryTests
{
    private static readonly ComponentSpec[] Specs =
    [
        new("random"), new("tpe"), new("tpe", """{"multivariate": false}"""), new("tpe", """{"group": true, "n_startup_trials": 0}"""),
        new("cmaes"), new("cmaes", """{"use_separable_cma": true, "consider_pruned_trials": true}"""), new("cmaes", """{"with_margin": true, "popsize": 3}"""),
        new("cmaes", """{"lr_adapt": true}"""), new("qmc"), new("qmc", """{"qmc_type": "halton", "scramble": true}"""), new("gp", """{"n_startup_trials": 2}"""),
        new("auto", """{"n_gp_trials": 8}"""), new("nsgaii", """{"population_size": 4}"""), new("nsgaii", """{"population_size": 3, "crossover": "undx", "mutation": "polynomial"}"""),
        new("nsgaiii", """{"population_size": 4, "crossover": {"name": "sbx", "options": {"eta": 3}}}"""),
    ];

    // One compatible kind of distribution a name, in ranges that move.
    private static readonly Func<RandomState, Distribution>[] Kinds =
    [
        r => new FloatDistribution(-5 + Whole(r, 2), 5 + Whole(r, 2)),
        r => new FloatDistribution(1e-8, r.NextDouble() < 0.8 ? 1e8 : 1, log: true),
        r => new FloatDistribution(0, 1 + Whole(r, 2), step: 0.3),
        r => new FloatDistribution(1e300, 1.7e308),
        r => new FloatDistribution(1, Math.BitIncrement(1.0)),
        r => new IntDistribution(Whole(r, 2), 9 + Whole(r, 2)),
        r => new IntDistribution(1, r.NextDouble() < 0.8 ? 1_000_000 : 100, log: true),
        r => new IntDistribution(0, 1L << 50, step: 7),
        _ => new CategoricalDistribution("a", "b", "c"),
        _ => new CategoricalDistribution(null, true, 2, 2.5, double.NaN),
        _ => new FloatDistribution(2, 2),
    ];

    public static TheoryData<string, string> Samplers => [.. Specs.Select(s => (s.Name, s.Options))];

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Any_history_of_any_distributions_is_drawn_from(string name, string options) =>
        Gen.UInt.Sample(
            seed =>
            {
                var random = new RandomState(seed);
                var given = History(random);
                var sampler = SamplerCatalog.Create(new ComponentSpec(name, options));
                for (var i = 0; i < 3; i++)
                    Draw(given, sampler, random);
            },
            iter: name is "gp" or "auto" ? 25 : 60);

    [Theory]
    [MemberData(nameof(Samplers))]
    public void A_hundred_thousand_trials_are_drawn_from(string name, string options)
    {
        var study = Long.Value;
        var sampler = SamplerCatalog.Create(new ComponentSpec(name, options));
        for (var i = 0; i < 2; i++)
        {
            var context = new SamplingContext(study, study.TrialCount + i, RandomStreams.ForTrial(1, i));
            foreach (var p in Suggesting.DrawAhead(sampler, context))
                Assert.True(p.Distribution.Contains(p.Value), $"{p.Name}: {p.Value:R} in {p.Distribution}");
        }
    }

    private static readonly Lazy<StudyView> Long = new(() =>
    {
        var random = new RandomState(7);
        var state = new StudyState(new StudyId(1));
        void Send(IStudyCommand c)
        {
            foreach (var e in StudyRules.Decide(state, c, DateTimeOffset.UnixEpoch).Events)
                state.Apply(e);
        }

        Send(new StudyCommands.CreateStudy("long", [StudyDirection.Minimize], new("tpe"), new("nop"), 7, 0));
        Distribution[] space = [new FloatDistribution(-5, 5), new IntDistribution(1, 64, log: true), new IntDistribution(0, 100, step: 5), new CategoricalDistribution("a", "b", "c")];
        for (var i = 0; i < 100_000; i++)
        {
            var few = i % 10 == 0 ? space : space[..3];
            Send(new StudyCommands.AddTrial(Guid.NewGuid(), FrozenTrial.Create(
                i % 7 == 0 ? TrialState.Pruned : TrialState.Complete, value: i % 7 == 0 ? null : random.NextDouble(),
                parameters: few.Select((d, j) => KeyValuePair.Create($"p{j}", d.ToExternal(RandomSampler.Uniform(d, random)))).ToDictionary(),
                distributions: few.Select((d, j) => KeyValuePair.Create($"p{j}", d)).ToDictionary())));
        }

        Assert.Equal(100_000, state.View.FinishedCount);
        return state.View;
    });

    private static int Whole(RandomState random, int below) => (int)(random.NextDouble() * below);

    private static Given History(RandomState random)
    {
        var given = Given.AStudy(retries: 2);
        var names = 1 + Whole(random, 4);
        var kinds = Enumerable.Range(0, names).Select(_ => Kinds[Whole(random, Kinds.Length)]).ToArray();
        var steady = random.NextDouble() < 0.6;
        var fixedSpace = kinds.Select(k => k(random)).ToArray();
        var everywhere = random.NextDouble() < 0.6;
        var odd = random.NextDouble();
        for (var i = Whole(random, 60); i > 0; i--)
        {
            if (random.NextDouble() < 0.05)
                given.Enqueue($$"""{"p0": {{Whole(random, 100)}}}""");
            var number = given.Ask().Number;
            var repeat = random.NextDouble() < 0.2;
            for (var j = 0; j < names; j++)
            {
                if (!everywhere && random.NextDouble() < 0.3)
                    continue;
                var distribution = steady ? fixedSpace[j] : kinds[j](random);
                var value = repeat || distribution.IsSingle ? Lowest(distribution) : RandomSampler.Uniform(distribution, random);
                given.Send(Given.Suggesting(number, $"p{j}", distribution, value));
            }

            for (var step = Whole(random, 3); step > 0; step--)
                given.Report(number, step, Value(random, odd));
            var end = random.NextDouble();
            if (end < 0.15)
                given.Tell(number, TrialState.Pruned);
            else if (end < 0.25)
                given.Tell(number, TrialState.Fail);
            else if (end < 0.9)
                given.Tell(number, Value(random, odd));
        }

        return given;
    }

    private static double Value(RandomState random, double odd) => odd < 0.2
        ? 1
        : (int)(random.NextDouble() * 10) switch
        {
            0 => double.NaN,
            1 => double.PositiveInfinity,
            2 => double.NegativeInfinity,
            3 => 1e308,
            _ => random.NextDouble() - 0.5,
        };

    private static double Lowest(Distribution distribution) => distribution switch
    {
        FloatDistribution d => d.Low,
        IntDistribution d => d.Low,
        _ => 0,
    };

    private static void Draw(Given given, ISampler sampler, RandomState random)
    {
        var number = given.Ask().Number;
        var context = new SamplingContext(given.State.View, number, RandomStreams.ForTrial(3, number));
        foreach (var p in Suggesting.DrawAhead(sampler, context))
            Assert.True(p.Distribution.Contains(p.Value), $"{p.Name}: {p.Value:R} in {p.Distribution}");
        foreach (var wish in context.Wishes)
            given.Send(wish);
        foreach (var kind in Kinds)
        {
            var distribution = kind(random);
            if (distribution.IsSingle)
                continue;
            foreach (var name in new[] { "p0", "p1", "new" })
            {
                if (given.State.View.Column(name)?.First is { } first && DistributionCompatibility.Conflict(name, first, distribution) is not null)
                    continue;
                var value = sampler.SampleIndependent(context, name, distribution);
                Assert.True(distribution.Contains(value), $"{name}: {value:R} in {distribution}");
            }
        }
    }
}
