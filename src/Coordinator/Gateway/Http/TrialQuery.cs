using System.Globalization;
using Optuna.Trials;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>Which trials, and in which order: the query of <c>GET …/trials</c>.</summary>
internal sealed class TrialQuery
{
    public static readonly string[] Names = ["offset", "limit", "state", "search", "sort", "objective", "filter"];

    private readonly HashSet<TrialState>? _states;
    private readonly string _search;
    private readonly List<Func<FrozenTrial, bool>> _filters = [];
    private readonly Func<FrozenTrial, IComparable?> _key;
    private readonly bool _descending;

    public TrialQuery(ApiCall call, int objectives)
    {
        _states = call.QueryList("state") is { } states ? [.. states.Select(s => BodyValues.State(s, "state"))] : null;
        _search = call.Query("search") ?? "";
        var objective = (int)call.Query("objective", 0, 0, objectives - 1);
        var sort = call.Query("sort") ?? "number";
        _descending = sort.StartsWith('-');
        _key = Key(_descending ? sort[1..] : sort, objective);
        foreach (var filter in call.QueryAll("filter"))
            _filters.Add(Filter(filter, objectives));
    }

    public List<FrozenTrial> Select(IEnumerable<FrozenTrial> trials)
    {
        var found = trials.Where(t => (_states is null || _states.Contains(t.State)) && _filters.TrueForAll(f => f(t)) && Mentions(t))
            .Select(t => (Trial: t, Key: _key(t))).ToList();
        // Those without the value come last either way.
        var sorted = found.OrderBy(t => t.Key is null);
        return [.. (_descending ? sorted.ThenByDescending(t => t.Key) : sorted.ThenBy(t => t.Key)).ThenBy(t => t.Trial.Number).Select(t => t.Trial)];
    }

    private static Func<FrozenTrial, IComparable?> Key(string sort, int objective) => sort switch
    {
        "number" => t => t.Number,
        "value" => t => objective < t.Values.Length ? t.Values[objective] : null,
        "duration" => t => t.Duration,
        "start" => t => t.DatetimeStart,
        _ when sort.StartsWith("param:", StringComparison.Ordinal) && sort["param:".Length..] is { Length: > 0 } name => t => Sortable(t, name),
        _ => throw ApiProblem.Bad($"'sort' must be number, value, duration, start or param:NAME, with - before it for descending (it is '{sort}')."),
    };

    // Numbers and choices of one name never meet but where the name changed its kind: numbers first.
    private static IComparable? Sortable(FrozenTrial trial, string name) => trial.FindParam(name) is not { } p ? null
        : p.Distribution is Distributions.CategoricalDistribution ? new Rank(1, 0, Text(p.External)) : new Rank(0, p.Value, "");

    private static Func<FrozenTrial, bool> Filter(string filter, int objectives)
    {
        var range = filter.LastIndexOf("..", StringComparison.Ordinal);
        var colon = range < 0 ? -1 : filter.LastIndexOf(':', range);
        if (colon > 0)
        {
            var (name, low, high) = (filter[..colon], Bound(filter[(colon + 1)..range], double.NegativeInfinity), Bound(filter[(range + 2)..], double.PositiveInfinity));
            if (low is { } from && high is { } to)
            {
                if (name.StartsWith("value", StringComparison.Ordinal) && Objective(name) is { } objective && objective < objectives)
                    return t => objective < t.Values.Length && t.Values[objective] >= from && t.Values[objective] <= to;
                return t => t.FindParam(name) is { } p && p.Distribution is not Distributions.CategoricalDistribution && p.Value >= from && p.Value <= to;
            }
        }

        var equals = filter.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            throw ApiProblem.Bad($"'filter' must be NAME:LOW..HIGH or NAME=CHOICE (it is '{filter}').");
        var (param, choice) = (filter[..equals], filter[(equals + 1)..]);
        return t => t.FindParam(param) is { } p && Text(p.External) == choice;
    }

    private static double? Bound(string text, double otherwise) => text.Length == 0 ? otherwise
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) ? bound : null;

    private static int? Objective(string name) => name.Length == "value".Length ? 0
        : int.TryParse(name["value".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var k) ? k : null;

    private bool Mentions(FrozenTrial trial) => _search.Length == 0
        || Has(trial.Number.ToString(CultureInfo.InvariantCulture)) || Has(TrialJson.Name(trial.State))
        || trial.ParamList.Any(p => Has(p.Name) || Has(Text(p.External)))
        || trial.UserAttrs.Any(a => Has(a.Key) || Has(a.Value));

    private bool Has(string text) => text.Contains(_search, StringComparison.OrdinalIgnoreCase);

    /// <summary>A choice as people type it: texts without quotes.</summary>
    private static string Text(object? value) => value as string ?? Optuna.Json.PythonJson.Write(value);

    private readonly record struct Rank(int Kind, double Value, string Text) : IComparable
    {
        public int CompareTo(object? other) => other is Rank r
            ? (Kind, Value).CompareTo((r.Kind, r.Value)) is var c and not 0 ? c : string.CompareOrdinal(Text, r.Text)
            : 1;
    }
}
