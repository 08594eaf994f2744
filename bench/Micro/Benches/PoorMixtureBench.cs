using BenchmarkDotNet.Attributes;
using Optuna.Distributions;
using Optuna.Numerics;
using Optuna.Samplers;
using Optuna.Samplers.Tpe;
using Optuna.Samplers.Tpe.Mixture;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Bench.Micro.Benches;

/// <summary>The kept density of a long study's poor trials: taking one more trial in, and weighing 24 candidates of ten parameters.</summary>
[MemoryDiagnoser]
public class PoorMixtureBench
{
    private readonly double[] _densities = new double[24];
    private readonly StudyState _study = new(new StudyId(1));
    private readonly RandomState _random = new(1);
    private TrialRows _rows = null!;
    private PoorMixture _mixture = null!;
    private Candidates _candidates = null!;
    private Distribution[] _space = [];

    [Params("continuous", "mixed")]
    public string Kind { get; set; } = "";

    [Params(1000, 10_000)]
    public int Trials { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _space =
        [
            .. Enumerable.Range(0, 10).Select(Distribution (j) => Kind == "continuous" || j < 4
                ? new FloatDistribution(-5, 5)
                : j < 7 ? new IntDistribution(0, 50) : new CategoricalDistribution("a", "b", "c", "d", "e")),
        ];
        Send(new StudyCommands.CreateStudy("s", [StudyDirection.Minimize], new("tpe"), new("nop"), 1, 0));
        for (var i = 0; i < Trials; i++)
            Add();
        var parameters = _space.Select(TpeParameter.Of).ToArray();
        _rows = new TrialRows(_space.Select((_, j) => $"x{j}"));
        _mixture = new PoorMixture(parameters, _rows, ParzenOptions.Default);
        _rows.Bring(_study.View, [], [], -1);
        _rows.Watcher = _mixture;
        _mixture.Reloaded();
        _candidates = new Candidates(parameters, 24);
        for (var j = 0; j < _space.Length; j++)
            _candidates.Set(j, [.. Enumerable.Range(0, 24).Select(_ => Near(_space[j]))]);
    }

    [Benchmark]
    public void OneMoreTrial()
    {
        Add();
        _rows.Bring(_study.View, [], [], -1);
    }

    [Benchmark]
    public double LogDensity()
    {
        _mixture.LogDensity(_candidates, _densities);
        return _densities[0];
    }

    private void Add() => Send(new StudyCommands.AddTrial(Guid.NewGuid(), new FrozenTrial
    {
        State = TrialState.Complete, Values = [1.0], DatetimeStart = DateTime.UnixEpoch, DatetimeComplete = DateTime.UnixEpoch,
        ParamList = [.. _space.Select((d, j) => new TrialParam($"x{j}", d, Near(d)))],
    }));

    // As a study that has found its optimum: most trials near it.
    private double Near(Distribution distribution) => distribution switch
    {
        FloatDistribution d => Math.Clamp(_random.Normal(0, 0.3), d.Low, d.High),
        IntDistribution d => Math.Clamp(Math.Round(_random.Normal(25, 3)), d.Low, d.High),
        _ => RandomSampler.Uniform(distribution, _random),
    };

    private void Send(IStudyCommand command)
    {
        foreach (var e in StudyRules.Decide(_study, command, DateTimeOffset.UnixEpoch).Events)
            _study.Apply(e);
    }
}
