using Optuna.MultiObjective;

namespace Optuna.Samplers.Gp;

/// <summary>
/// Log expected hypervolume improvement: the mean over draws of what the point adds to the hypervolume, and to that the log
/// probabilities of meeting each constraint.
/// </summary>
/// <remarks>
/// Daulton et al. 2020 (arXiv 2006.05078), with the same normal numbers for every point, and the logarithm of Ament et al. 2023
/// (arXiv 2310.20708). With trials that run, each draw has a front of its own, to which what it shows at them belongs.
/// </remarks>
internal sealed class HypervolumeAcquisition : Acquisition
{
    // No side of a box is taken as shorter, so that a point that adds nothing still has a score.
    private const double Least = 1e-12;
    private const int Draws = Fantasies.Count;

    private static readonly double s_logDraws = Math.Log(Draws);

    private readonly int _m;
    private readonly FantasyDraws[] _objectives;
    private readonly BoxDecomposition[] _boxes;
    private readonly PointAcquisition? _constraints;
    private readonly double[] _sides;
    private readonly double[] _slopes;

    /// <param name="objectives">Of scores: more is better.</param>
    /// <param name="boxes">Of losses, which are scores with the other sign: one for each draw, or one for all of them.</param>
    /// <param name="constraints">None where there are none.</param>
    internal HypervolumeAcquisition(Fantasies[] objectives, BoxDecomposition[] boxes, IReadOnlyList<ConstraintModel> constraints)
        : base(MeanLengthScales(objectives))
    {
        (_m, _boxes) = (objectives.Length, boxes);
        _objectives = [.. objectives.Select(f => new FantasyDraws(f))];
        _constraints = constraints.Count == 0 ? null : new PointAcquisition(objectives[0].Model.Process, double.NegativeInfinity, constraints);
        (_sides, _slopes) = (new double[_m], new double[_m]);
    }

    internal override void Evaluate(ReadOnlySpan<double> points, Span<double> values, ReadOnlySpan<int> among, Span<double> gradient)
    {
        values.Clear();
        gradient.Clear();
        _constraints?.Evaluate(points, values, among, gradient);
        foreach (var objective in _objectives)
            objective.Draw(points);
        for (var k = 0; k < Points; k++)
        {
            var total = 0.0;
            for (var s = 0; s < Draws; s++)
                total += Gain((k * Draws) + s, _boxes[_boxes.Length == 1 ? 0 : s]);
            values[k] += Math.Log(total) - s_logDraws;
            if (!gradient.IsEmpty)
                ToSlopes(k, total);
        }

        if (gradient.IsEmpty)
            return;
        foreach (var objective in _objectives)
            objective.Pull(among, gradient);
    }

    // What one draw of a point dominates of the boxes.
    private double Gain(int draw, BoxDecomposition boxes)
    {
        var uppers = boxes.Uppers;
        var widths = boxes.Widths;
        if (_m == 2)
            return GainOfTwo(_objectives[0].Values[draw], _objectives[1].Values[draw], uppers, widths);
        var sum = 0.0;
        for (var at = 0; at < uppers.Length; at += _m)
        {
            var product = 1.0;
            for (var j = 0; j < _m; j++)
                product *= Math.Min(Math.Max(uppers[at + j] + _objectives[j].Values[draw], Least), Math.Max(widths[at + j], Least));
            sum += product;
        }

        return sum;
    }

    private static double GainOfTwo(double first, double second, ReadOnlySpan<double> uppers, ReadOnlySpan<double> widths)
    {
        var sum = 0.0;
        for (var at = 0; at + 1 < uppers.Length; at += 2)
        {
            sum += Math.Min(Math.Max(uppers[at] + first, Least), Math.Max(widths[at], Least))
                * Math.Min(Math.Max(uppers[at + 1] + second, Least), Math.Max(widths[at + 1], Least));
        }

        return sum;
    }

    // From here on the draws' places hold how much the score changes with them. A side that is cut off does not change.
    private void ToSlopes(int k, double total)
    {
        for (var s = 0; s < Draws; s++)
        {
            var draw = (k * Draws) + s;
            var boxes = _boxes[_boxes.Length == 1 ? 0 : s];
            var uppers = boxes.Uppers;
            var widths = boxes.Widths;
            _slopes.AsSpan().Clear();
            for (var at = 0; at < uppers.Length; at += _m)
            {
                for (var j = 0; j < _m; j++)
                    _sides[j] = Math.Min(Math.Max(uppers[at + j] + _objectives[j].Values[draw], Least), Math.Max(widths[at + j], Least));
                for (var j = 0; j < _m; j++)
                {
                    if (_sides[j] <= Least || _sides[j] >= widths[at + j])
                        continue;
                    var others = 1.0;
                    for (var i = 0; i < _m; i++)
                        others *= i == j ? 1 : _sides[i];
                    _slopes[j] += others;
                }
            }

            for (var j = 0; j < _m; j++)
                _objectives[j].Values[draw] = _slopes[j] / total;
        }
    }

    private static double[] MeanLengthScales(Fantasies[] objectives)
    {
        var scales = objectives.Select(f => LengthScalesOf(f.Model.Process)).ToArray();
        return [.. Enumerable.Range(0, scales[0].Length).Select(d => scales.Average(s => s[d]))];
    }
}
