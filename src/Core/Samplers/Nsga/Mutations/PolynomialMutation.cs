using Optuna.Numerics;

namespace Optuna.Samplers.Nsga.Mutations;

/// <summary>Polynomial mutation within the range: Deb et al. 2002, in the form of revision 1.1.6 of its authors' program.</summary>
/// <param name="eta">Distribution index, 0 or more: the larger, the smaller the changes.</param>
public sealed class PolynomialMutation(double eta = 20) : IMutation
{
    private readonly double _eta = eta >= 0 ? eta : throw new ArgumentException($"eta must be 0 or more, but it is {eta:R}.");

    public double Mutate(double value, double low, double high, RandomState random)
    {
        var u = random.NextDouble();
        var width = high - low;
        if (width <= 0)
            return value;
        var power = _eta + 1;
        var delta = u <= 0.5
            ? Math.Pow((2 * u) + ((1 - (2 * u)) * Math.Pow(1 - ((value - low) / width), power)), 1 / power) - 1
            : 1 - Math.Pow((2 * (1 - u)) + (2 * (u - 0.5) * Math.Pow(1 - ((high - value) / width), power)), 1 / power);
        return value + (delta * width);
    }
}
