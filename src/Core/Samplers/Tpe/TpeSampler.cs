using Optuna.Distributions;
using Optuna.SearchSpaces;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Samplers.Tpe;

/// <summary>
/// The Tree-structured Parzen Estimator: one density over the good trials' parameters, one over the rest, and of some
/// points drawn from the first the one that is likeliest under the first compared with the second.
/// </summary>
/// <remarks>
/// Bergstra et al. 2011 (the estimator), Falkner et al. 2018 (several parameters in one kernel), Watanabe 2023
/// (arXiv 2304.11127, the defaults), Ozaki et al. 2022 (several objectives). Trials are split as a whole study, before those without the
/// parameter are left out.
/// Holds buffers only: the same study view and generator give the same draw whatever was drawn before.
/// </remarks>
public sealed class TpeSampler : IRelativeSampler
{
    private readonly TpeOptions _options;
    private readonly WorkspacePool _workspaces;

    /// <exception cref="ArgumentException">Group sampling with multivariate sampling switched off.</exception>
    public TpeSampler(TpeOptions? options = null)
    {
        _options = options ?? TpeOptions.Default;
        if (_options is { Group: true, Multivariate: false })
            throw new ArgumentException("TpeSampler: 'group' needs 'multivariate', which is switched off.");
        _workspaces = new WorkspacePool(_options);
    }

    public SearchSpace InferRelativeSpace(SamplingContext context) =>
        _options.Group ? Union(context.Study)
        : _options.Multivariate ?? context.Study.Directions.Length == 1 ? context.Study.SpaceOfFinished.WithoutSingles()
        : SearchSpace.Empty;

    public IReadOnlyList<TrialParam> SampleRelative(SamplingContext context, SearchSpace space)
    {
        if (IsStartup(context.Study))
            return [];
        var drawn = new List<TrialParam>(space.Count);
        if (!_options.Group)
        {
            DrawTogether(context, space, drawn);
            return drawn;
        }

        foreach (var group in context.Study.Groups)
            DrawTogether(context, Within(space, group.WithoutSingles()), drawn);
        return drawn;
    }

    public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
    {
        if (IsStartup(context.Study))
            return RandomSampler.Uniform(distribution, context.Random.Fallback);
        var workspace = _workspaces.Rent();
        var value = workspace.Draw(context, name, distribution);
        _workspaces.Return(workspace);
        return value;
    }

    private void DrawTogether(SamplingContext context, SearchSpace space, List<TrialParam> drawn)
    {
        if (space.IsEmpty)
            return;
        var workspace = _workspaces.Rent();
        workspace.Draw(context, space, drawn);
        _workspaces.Return(workspace);
    }

    private bool IsStartup(StudyView study) => study.CompleteCount + study.PrunedCount < _options.StartupTrials;

    private static SearchSpace Union(StudyView study) =>
        new(study.Groups.SelectMany(g => g.WithoutSingles().Params));

    // The space asked for may have less than the study has seen, when some parameters are fixed.
    private static SearchSpace Within(SearchSpace space, SearchSpace group) =>
        group.Params.All(p => space.Contains(p.Key)) ? group : new(group.Params.Where(p => space.Contains(p.Key)));
}
