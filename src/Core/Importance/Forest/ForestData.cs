using Optuna.Distributions;

namespace Optuna.Importance;

/// <summary>One parameter as a forest sees it, by row: a number as it is (no logarithm, no grid), or the index of a choice.</summary>
/// <param name="Choices">0 for a number.</param>
internal sealed record ForestFeature(double[] Values, int Choices, double Low, double High)
{
    public bool IsNumeric => Choices == 0;
}

/// <summary>What a forest learns from.</summary>
/// <param name="Targets">By row; finite.</param>
internal sealed record ForestData(ForestFeature[] Features, double[] Targets)
{
    public int Rows => Targets.Length;

    public static ForestData Of(CompletedTrials trials, CommonSpace space, IEnumerable<KeyValuePair<string, Distribution>> parameters) =>
        new([.. parameters.Select(p => Feature(p.Value, Taken(trials.Param(p.Key)!, space.Rows)))], space.Values);

    private static double[] Taken(ParamRows param, int[] rows)
    {
        var values = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            values[i] = param.Values[rows[i]];
        return values;
    }

    private static ForestFeature Feature(Distribution distribution, double[] values) => distribution switch
    {
        CategoricalDistribution c => new(values, c.Choices.Length, 0, 1),
        FloatDistribution d => new(values, 0, d.Low, d.High),
        IntDistribution d => new(values, 0, d.Low, d.High),
        _ => throw new ArgumentException($"{distribution} is neither numeric nor categorical."),
    };
}
