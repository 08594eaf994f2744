using System.Runtime.CompilerServices;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Terminators;

/// <summary>A small share of the improvement that seemed possible at first: the median of what an evaluator says over the first trials.</summary>
/// <remarks>Ishibashi et al. 2023, section 5. Until there are enough trials the error is below every improvement, so nothing ends.</remarks>
public sealed class MedianErrorEvaluator : IErrorEvaluator
{
    // What a history's first trials said: they rarely change, and the improvement is dear.
    private readonly ConditionalWeakTable<object, Known> _known = [];
    private readonly IImprovementEvaluator _paired;
    private readonly int _warmUp;
    private readonly int _initial;
    private readonly double _ratio;

    /// <param name="paired">What judges the improvement.</param>
    /// <param name="warmUpTrials">Complete trials that are passed over; at least 0.</param>
    /// <param name="initialTrials">Complete trials after them that are looked at; at least 1.</param>
    /// <param name="thresholdRatio">Above 0.</param>
    /// <exception cref="ArgumentException">A number out of range.</exception>
    public MedianErrorEvaluator(IImprovementEvaluator paired, int warmUpTrials = 10, int initialTrials = 20, double thresholdRatio = 0.01)
    {
        if (warmUpTrials < 0)
            throw new ArgumentException($"'warm_up_trials' must not be negative (it is {warmUpTrials}).");
        if (initialTrials < 1)
            throw new ArgumentException($"'n_initial_trials' must be at least 1 (it is {initialTrials}).");
        if (!(thresholdRatio > 0 && double.IsFinite(thresholdRatio)))
            throw new ArgumentException($"'threshold_ratio' must be positive and finite (it is {thresholdRatio}).");
        (_paired, _warmUp, _initial, _ratio) = (paired, warmUpTrials, initialTrials, thresholdRatio);
    }

    public double Evaluate(StudyView study)
    {
        if (study.CompleteCount < _warmUp + _initial)
            return -2.2250738585072014e-308;
        var numbers = First(study);
        if (_known.TryGetValue(study.Memory, out var known) && known.Numbers.AsSpan().SequenceEqual(numbers))
            return known.Error;
        var said = new double[_initial];
        for (var i = 0; i < _initial; i++)
            said[i] = _paired.Evaluate(DetachedState.Of(study, numbers.Take(i + 1)).View);
        Array.Sort(said);
        var error = Math.Min(double.MaxValue, said[_initial / 2] * _ratio);
        _known.AddOrUpdate(study.Memory, new Known(numbers, error));
        return error;
    }

    private int[] First(StudyView study)
    {
        var numbers = new List<int>(_warmUp + _initial);
        for (var n = 0; numbers.Count < _warmUp + _initial; n++)
        {
            if (study.IsFinished(n) && study.States[n] == (byte)TrialState.Complete)
                numbers.Add(n);
        }

        return [.. numbers.Skip(_warmUp)];
    }

    private sealed record Known(int[] Numbers, double Error);
}
