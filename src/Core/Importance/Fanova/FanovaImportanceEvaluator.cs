namespace Optuna.Importance;

/// <summary>
/// fANOVA: the share of the objective's variance over the whole space that a parameter explains alone, by a random forest
/// fitted to the trials. Needs trials spread over the space.
/// </summary>
/// <remarks>
/// Hutter, Hoos, Leyton-Brown, "An Efficient Approach for Assessing Hyperparameter Importance", 2014. Variances are exact
/// for each tree, from its leaves' volumes. Unlike scikit-learn's, the trees tell values apart that differ by less than
/// 1e-7, which matters for parameters that are all that small.
/// </remarks>
public sealed class FanovaImportanceEvaluator(ForestOptions? options = null) : IImportanceEvaluator
{
    private readonly ForestOptions _options = (options ?? new ForestOptions()).Checked();

    public IReadOnlyList<KeyValuePair<string, double>> Evaluate(CompletedTrials trials, IReadOnlyList<string>? parameters)
    {
        var space = CommonSpace.Of(trials, parameters);
        // A parameter that is always the same explains nothing.
        var varied = space.Params.Where(p => !p.Value.IsSingle).ToList();
        var single = space.Params.Where(p => p.Value.IsSingle).Select(p => KeyValuePair.Create(p.Key, 0.0));
        if (varied.Count == 0 || space.Rows.Length <= 1)
            return [.. varied.Select(p => KeyValuePair.Create(p.Key, 0.0)), .. single];

        var data = ForestData.Of(trials, space, varied);
        var shares = RandomForest.Grow(data, _options, _options.Seed ?? trials.Seed, tree => TreeVariances.Shares(tree, data.Features))
            .OfType<double[]>().ToList();
        if (shares.Count == 0)
            throw new InvalidOperationException("The total variance of every tree is zero: the value is the same in all trials, so no importance can be told.");
        return [.. varied.Select((p, f) => KeyValuePair.Create(p.Key, shares.Average(s => s[f]))), .. single];
    }
}
