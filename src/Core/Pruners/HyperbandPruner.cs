using System.Collections.Concurrent;
using System.Globalization;

namespace Optuna.Pruners;

/// <summary>Successive halving in several brackets, which differ in how early they begin to prune; a trial's name decides its bracket.</summary>
/// <remarks>
/// Li et al., Hyperband, JMLR 18(185), 2018, with the asynchronous halving of <see cref="SuccessiveHalvingPruner"/> in each
/// bracket. The study is divided when the pruner is first consulted (and, with an automatic maximum, a trial is complete);
/// until then nothing is pruned and samplers see all trials, afterwards only those of a trial's own bracket.
/// </remarks>
public sealed class HyperbandPruner : IBracketPruner
{
    /// <summary>Study system attribute with the maximum resource the division rests on: from then on it stays, also when the study is read back.</summary>
    public const string MaxResourceKey = "hyperband:max_resource";

    private readonly HyperbandOptions _options;
    private readonly ConcurrentDictionary<(string StudyName, long MaxResource), BracketDivision?> _divisions = [];
    private readonly ConcurrentDictionary<int, SuccessiveHalvingPruner> _pruners = [];

    /// <exception cref="ArgumentException">An option is out of its range, or two do not go together.</exception>
    public HyperbandPruner(HyperbandOptions? options = null)
    {
        _options = options ?? new HyperbandOptions();
        _options.Check();
    }

    public BracketDivision? Division(string studyName, Func<string, string?> systemAttr) =>
        SuccessiveHalvingPruner.Recorded(systemAttr(MaxResourceKey)) is { } maxResource
            ? _divisions.GetOrAdd((studyName, maxResource), key => Divide(key.StudyName, key.MaxResource))
            : null;

    public bool ShouldPrune(PruningContext context)
    {
        if (SuccessiveHalvingPruner.Recorded(context.StudyAttr(MaxResourceKey)) is null)
        {
            long? auto = context.LastStepOfComplete < 0 ? null : context.LastStepOfComplete + 1;
            if ((_options.MaxResource ?? auto) is not { } maxResource)
                return false;
            context.SetStudyAttr(MaxResourceKey, maxResource.ToString(CultureInfo.InvariantCulture));
        }

        if (Division(context.StudyName, context.StudyAttr) is not { } division)
            return false;
        var bracket = division.Of(context.Number);
        return _pruners.GetOrAdd(bracket, OfBracket).ShouldPrune(context.Within(division, bracket));
    }

    private SuccessiveHalvingPruner OfBracket(int bracket) => new(new SuccessiveHalvingOptions
    {
        MinResource = _options.MinResource,
        ReductionFactor = _options.ReductionFactor,
        MinEarlyStoppingRate = bracket,
        BootstrapCount = _options.BootstrapCount,
    });

    private BracketDivision? Divide(string studyName, long maxResource)
    {
        var brackets = HyperbandBudgets.Brackets(_options.MinResource, maxResource, _options.ReductionFactor);
        if (brackets == 0)
            return null;
        var budgets = HyperbandBudgets.Of(brackets, _options.ReductionFactor);
        return new BracketDivision(brackets, number => HyperbandBudgets.BracketOf(studyName, number, budgets));
    }
}
