using Optuna.Numerics;

namespace Optuna.Samplers.Tpe.Mixture;

/// <summary>Probabilities of the points of a grid too large for cells that kernels share: each kernel is a cell of its own.</summary>
/// <remarks>
/// The mass of a normal density on a narrow interval of width h around z is h φ(z) (1 + h² He₂(z)/24 + h⁴ He₄(z)/1920 +
/// h⁶ He₆(z)/322560 + …), Taylor's series with Hermite's polynomials; elsewhere it is the difference of two tails.
/// </remarks>
internal sealed class WideDiscreteColumn(TpeParameter parameter, int index, TrialRows rows, KernelRows kernels, ParzenOptions options, List<int> touched)
    : NumericColumn(parameter, index, rows, kernels, options, touched)
{
    private const int MostLinear = 4096;
    private const int MostLogarithmic = 1024;
    private const double Narrow = 0.025;
    private const double Near = 40;

    private readonly double[] _left = new double[KernelRows.Width];
    private readonly double[] _right = new double[KernelRows.Width];

    /// <summary>Whether a grid is so large.</summary>
    internal static bool IsWide(TpeParameter parameter) =>
        (parameter.High - parameter.Low) / parameter.Step >= (parameter.Log ? MostLogarithmic : MostLinear);

    internal override void Prepare(Candidates candidates, int first)
    {
        var values = candidates.Values(Index)[first..];
        for (var c = 0; c < KernelRows.Width; c++)
        {
            var value = values[Math.Min(c, values.Length - 1)];
            _left[c] = Parameter.Scaled(value - (0.5 * Parameter.Step));
            _right[c] = Parameter.Scaled(value + (0.5 * Parameter.Step));
        }

        if (Kernels.Tables[Slot].Length < Rows.Count * KernelRows.Width)
            Kernels.Tables[Slot] = new double[2 * Rows.Count * KernelRows.Width];
        var table = Kernels.Tables[Slot];
        for (var row = 0; row < Rows.Count; row++)
        {
            Kernels.Cell(row, Slot) = row;
            if (!Rows.IsPoor[row])
                continue;
            var to = table.AsSpan(row * KernelRows.Width, KernelRows.Width);
            for (var c = 0; c < to.Length; c++)
                to[c] = LogMass(Means[row], Widths[row], _left[c], _right[c]);
        }
    }

    internal override double Prior(int candidate)
    {
        var (mean, width) = (0.5 * (Low + High), High - Low);
        return LogMass(mean, width, _left[candidate], _right[candidate]) - NormalKernels.LogMass(mean, width, Low, High);
    }

    protected override double Changed(int row) => NormalKernels.LogMass(Means[row], Widths[row], Low, High);

    /// <summary>Logarithm of the mass a normal density has between two points.</summary>
    internal static double LogMass(double mean, double width, double left, double right)
    {
        var h = (right - left) / width;
        var z = ((0.5 * (left + right)) - mean) / width;
        if (!(h < Narrow && Math.Abs(z) < Near))
            return NormalKernels.LogMass(mean, width, left, right);
        var (h2, z2) = (h * h, z * z);
        var he2 = z2 - 1;
        var he4 = ((z2 - 6) * z2) + 3;
        var he6 = (((((z2 - 15) * z2) + 45) * z2) - 15);
        var e = h2 * ((he2 / 24) + (h2 * ((he4 / 1920) + (h2 * he6 / 322560))));
        return Math.Log(h * (1 + e)) - (0.5 * z2) - Normal.LogSqrtTwoPi;
    }
}
