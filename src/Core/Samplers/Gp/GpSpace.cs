using Optuna.Numerics;
using Optuna.Numerics.Sobol;
using Optuna.SearchSpaces;
using Optuna.Trials;

namespace Optuna.Samplers.Gp;

/// <summary>The joint space as the model sees it, one <see cref="GpAxis"/> per parameter.</summary>
internal sealed class GpSpace
{
    private readonly SearchSpace _space;

    /// <param name="space">Without parameters of one value.</param>
    internal GpSpace(SearchSpace space)
    {
        _space = space;
        Axes = [.. space.Params.Select(p => new GpAxis(p.Value))];
        IsCategorical = [.. Axes.Select(a => a.IsCategorical)];
        Continuous = [.. Enumerable.Range(0, Axes.Length).Where(d => Axes[d].IsContinuous)];
        Discrete = [.. Enumerable.Range(0, Axes.Length).Where(d => !Axes[d].IsContinuous)];
    }

    internal GpAxis[] Axes { get; }

    internal bool[] IsCategorical { get; }

    internal int[] Continuous { get; }

    internal int[] Discrete { get; }

    internal int Dimensions => Axes.Length;

    internal string Name(int dimension) => _space.Params[dimension].Key;

    /// <summary>So many points spread evenly over the space, row by row: scrambled Sobol's.</summary>
    internal double[] Spread(int count, RandomState random)
    {
        var (rows, column) = (new double[count * Dimensions], new double[count]);
        var sobol = SobolSequence.Scrambled(Dimensions, random);
        for (var d = 0; d < Dimensions; d++)
        {
            sobol.Column(d, column);
            for (var i = 0; i < count; i++)
                rows[(i * Dimensions) + d] = Axes[d].Spread(column[i]);
        }

        return rows;
    }

    internal List<TrialParam> Params(ReadOnlySpan<double> point)
    {
        var found = new List<TrialParam>(Dimensions);
        for (var d = 0; d < Dimensions; d++)
            found.Add(new TrialParam(Name(d), _space.Params[d].Value, Axes[d].Value(point[d])));
        return found;
    }
}
