using BenchmarkDotNet.Attributes;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Studies;

namespace Optuna.Bench.Micro.Benches;

/// <summary>One answer of the median pruner, when so many complete trials have reported at the same step.</summary>
public class PercentileBench
{
    private readonly MedianPruner _pruner = new();
    private readonly StudyState _state = new(new StudyId(1));
    private int _number;

    [Params(1000, 10_000)]
    public int Trials { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var study = Study.Create(null, null, null, new RandomSampler(), new NopPruner(), 1, null, _state.Apply);
        study.Optimize(
            (Func<Trial, double>)(trial =>
            {
                var x = trial.SuggestFloat("x", 0, 1);
                trial.Report(x, 1);
                return x;
            }),
            Trials);
        var running = study.Ask();
        running.Report(running.SuggestFloat("x", 0, 1), 1);
        _number = running.Number;
    }

    [Benchmark]
    public bool Median() => _pruner.ShouldPrune(new PruningContext(_state, _state.Live.Find(_number)!));
}
