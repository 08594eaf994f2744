using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Cli.Transfer.Rdb;

/// <summary>The words of Optuna's enum columns.</summary>
internal static class RdbNames
{
    private static readonly Dictionary<string, StudyDirection> s_directions = new()
    {
        ["MINIMIZE"] = StudyDirection.Minimize,
        ["MAXIMIZE"] = StudyDirection.Maximize,
    };

    private static readonly Dictionary<string, TrialState> s_states = new()
    {
        ["RUNNING"] = TrialState.Running,
        ["COMPLETE"] = TrialState.Complete,
        ["PRUNED"] = TrialState.Pruned,
        ["FAIL"] = TrialState.Fail,
        ["WAITING"] = TrialState.Waiting,
    };

    public static StudyDirection? Direction(string name) => s_directions.TryGetValue(name, out var d) ? d : null;

    public static string Of(StudyDirection direction) => s_directions.First(d => d.Value == direction).Key;

    public static TrialState? State(string name) => s_states.TryGetValue(name, out var s) ? s : null;

    public static string Of(TrialState state) => s_states.First(s => s.Value == state).Key;

    /// <summary>What a value's two columns mean together; null when they mean nothing.</summary>
    public static double? Number(string type, double? value) => (type, value) switch
    {
        ("FINITE", { } v) => v,
        ("INF_POS", _) => double.PositiveInfinity,
        ("INF_NEG", _) => double.NegativeInfinity,
        ("NAN", _) => double.NaN,
        _ => null,
    };

    public static (string Type, double? Value) Of(double value) =>
        double.IsNaN(value) ? ("NAN", null)
        : double.IsPositiveInfinity(value) ? ("INF_POS", null)
        : double.IsNegativeInfinity(value) ? ("INF_NEG", null)
        : ("FINITE", value);
}
