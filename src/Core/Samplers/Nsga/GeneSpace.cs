using Optuna.Distributions;
using Optuna.SearchSpaces;
using Optuna.Studies;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Samplers.Nsga;

/// <summary>A joint space as crossover and mutation see it: choices apart from numbers, and numbers on the real line.</summary>
internal sealed class GeneSpace
{
    private readonly ParamColumn[] _columns;
    private readonly bool[] _isLog;
    private readonly object _memory;

    internal GeneSpace(StudyView study, SearchSpace space)
    {
        (Space, _memory) = (space, study.Memory);
        Choices = Places(space, d => d is CategoricalDistribution);
        Numbers = Places(space, d => d is not CategoricalDistribution);
        _columns = [.. space.Params.Select(p => study.Column(p.Key)!)];
        _isLog = [.. space.Params.Select(p => p.Value is FloatDistribution { Log: true } or IntDistribution { Log: true })];
        (Lows, Highs) = (new double[Numbers.Length], new double[Numbers.Length]);
        for (var i = 0; i < Numbers.Length; i++)
            (Lows[i], Highs[i]) = NumericTransform.Bounds(Distribution(Numbers[i]));
    }

    internal SearchSpace Space { get; }

    /// <summary>Places of the categorical parameters in the space.</summary>
    internal int[] Choices { get; }

    /// <summary>Places of the others.</summary>
    internal int[] Numbers { get; }

    /// <summary>Ends of the numbers' ranges on the real line, in the order of <see cref="Numbers"/>.</summary>
    internal double[] Lows { get; }

    internal double[] Highs { get; }

    /// <summary>Whether it was made for this space of this study.</summary>
    internal bool IsOf(StudyView study, SearchSpace space) => ReferenceEquals(space, Space) && ReferenceEquals(study.Memory, _memory);

    internal Distribution Distribution(int place) => Space.Params[place].Value;

    /// <summary>A trial's internal value.</summary>
    internal double Value(int trial, int place) => _columns[place][trial];

    /// <summary>A trial's numbers on the real line.</summary>
    internal void Transform(int trial, Span<double> destination)
    {
        for (var i = 0; i < destination.Length; i++)
            destination[i] = OnLine(Value(trial, Numbers[i]), Numbers[i]);
    }

    internal double OnLine(double value, int place) => _isLog[place] ? Math.Log(value) : value;

    /// <summary>The internal value at a point of the real line. What lies above a range is moved to its end, and what lies below it, where there are steps.</summary>
    /// <returns>False where a continuous value lies below its range.</returns>
    internal bool TryUntransform(double x, int place, out double value)
    {
        var distribution = Distribution(place);
        value = NumericTransform.Untransform(distribution, x);
        return distribution is not FloatDistribution { Step: null } d || (d.Log ? Math.Exp(x) : x) >= d.Low;
    }

    internal int PlaceOf(string name)
    {
        var place = 0;
        while (Space.Params[place].Key != name)
            place++;
        return place;
    }

    internal TrialParam Param(int place, double value) => new(Space.Params[place].Key, Distribution(place), value);

    private static int[] Places(SearchSpace space, Func<Distribution, bool> which) =>
        [.. Enumerable.Range(0, space.Count).Where(i => which(space.Params[i].Value))];
}
