using System.Collections.Immutable;
using Optuna.Trials;

namespace Optuna.Studies.State;

/// <summary>
/// A finished trial's place in TPE's order: feasible complete trials by value, feasible pruned ones by how far they came
/// and then by their last value, infeasible ones by how much they violate; equal ones by number.
/// </summary>
internal readonly record struct SplitKey(int Class, double First, double Second, int Number) : IComparable<SplitKey>
{
    /// <param name="state">Complete or pruned.</param>
    /// <param name="value">The objective's; read when complete.</param>
    /// <param name="violation">Sum of the positive constraint values; NaN when it has none.</param>
    internal static SplitKey Of(
        int number, TrialState state, double value, ImmutableSortedDictionary<long, double> reports, double violation, StudyDirection direction)
    {
        var sign = direction == StudyDirection.Minimize ? 1.0 : -1.0;
        if (violation > 0)
            return new SplitKey(2, violation, 0, number);
        if (state == TrialState.Complete)
            return new SplitKey(0, sign * value, 0, number);
        if (reports.IsEmpty)
            return new SplitKey(1, 1, 0, number);
        var (step, last) = reports.Last();
        return new SplitKey(1, -step, double.IsNaN(last) ? double.PositiveInfinity : sign * last, number);
    }

    internal static SplitKey Of(TrialTable table, int number, StudyDirection direction) => Of(
        number, table.State(number), table.Value(0, number), table.Detail(number).Reports, table.Violation(number), direction);

    /// <summary>With several objectives, of a trial that violates or is pruned: a pruned one's reports say how far it came, but not how good it was.</summary>
    internal static SplitKey OfSeveral(TrialTable table, int number) => table.Violation(number) > 0
        ? new SplitKey(2, table.Violation(number), 0, number)
        : new SplitKey(1, table.Detail(number).Reports.IsEmpty ? 1 : -table.Detail(number).Reports.Last().Key, 0, number);

    public int CompareTo(SplitKey other) =>
        Class != other.Class ? Class.CompareTo(other.Class)
        : First != other.First ? First.CompareTo(other.First)
        : Second != other.Second ? Second.CompareTo(other.Second)
        : Number.CompareTo(other.Number);
}
