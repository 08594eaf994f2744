using Optuna.Numerics;

namespace Optuna.Samplers.Nsga;

/// <summary>Changes one numeric parameter of a child.</summary>
public interface IMutation
{
    /// <param name="value">Of the parameter: its logarithm where the range is logarithmic.</param>
    /// <param name="low">Lower end of the range, half a step below the lowest value where there are steps.</param>
    /// <param name="high">Upper end of the range, as for the lower.</param>
    /// <param name="random">The only source of chance.</param>
    /// <returns>The new value; what lies outside is moved to the end.</returns>
    double Mutate(double value, double low, double high, RandomState random);
}
