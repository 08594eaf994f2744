using System.Collections.Immutable;
using System.Globalization;
using Optuna.Distributions;
using Optuna.SearchSpaces;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Samplers.Ga;

/// <summary>
/// A genetic algorithm: trials are children of chosen parents, generation after generation. Derive from it to make one of your own;
/// which trial is of which generation, and who the parents of each were, is kept here.
/// </summary>
/// <remarks>
/// <para>A trial is given its generation when it starts, as system attribute <c>NAME:generation</c>: the latest one while that has fewer
/// complete trials than <see cref="PopulationSize"/>, else the next. The parents of a generation are chosen once, by the first of its
/// trials that draws, from the generation before and that one's parents, and kept as the study's attribute <c>NAME:parent:GENERATION</c>, a list
/// of trial ids. These are Optuna's attributes, so that Python programs may work on the same study. Only complete trials count.</para>
/// <para>Trials draw in turn, and an ask costs the same however long the study is. Under a pruner with brackets a population is the whole
/// study's.</para>
/// </remarks>
public abstract class GaSampler : IRelativeSampler, IStartingSampler
{
    private readonly HistoryMemory<Generations> _generations;
    private readonly string _generationKey;
    private readonly string _parentKey;

    /// <param name="name">Begins the attributes' names: that of the sampler's class in Python if it has a twin there.</param>
    /// <param name="populationSize">Complete trials that make a generation.</param>
    /// <exception cref="ArgumentException">No name, or a population of fewer than two.</exception>
    protected GaSampler(string name, int populationSize)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        PopulationSize = OptionRange.AtLeast(2, populationSize, "population_size");
        (_generationKey, _parentKey) = ($"{name}:generation", $"{name}:parent:");
        _generations = new HistoryMemory<Generations>(() => new Generations(_generationKey));
    }

    /// <summary>Complete trials that make a generation; 2 or more.</summary>
    public int PopulationSize { get; }

    /// <summary>A generation's first draw decides its parents for all the others.</summary>
    public bool DrawsInTurn(SamplingContext context) => true;

    /// <inheritdoc/>
    public virtual void CheckObjectives(int objectives)
    {
    }

    /// <inheritdoc/>
    public void BeforeTrial(SamplingContext context)
    {
        if (GenerationOf(context) is null)
            context.SetTrialAttr(_generationKey, Latest(context).ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public virtual SearchSpace InferRelativeSpace(SamplingContext context) => context.Study.Whole.SpaceOfComplete.WithoutSingles();

    /// <inheritdoc/>
    public IReadOnlyList<TrialParam> SampleRelative(SamplingContext context, SearchSpace space)
    {
        var parents = Parents(context, GenerationOf(context) ?? Latest(context));
        return parents.Count == 0 ? [] : Generate(context, space, parents);
    }

    /// <inheritdoc/>
    public virtual double SampleIndependent(SamplingContext context, string name, Distribution distribution) =>
        RandomSampler.Uniform(distribution, context.Random.Fallback);

    /// <summary>Chooses the parents of the next generation.</summary>
    /// <param name="context">Of the trial that is the first of its generation to draw.</param>
    /// <param name="population">Numbers of the complete trials of the generation before, then of that one's parents; each ascending.</param>
    /// <returns>Some of them.</returns>
    protected abstract IReadOnlyList<int> SelectParents(SamplingContext context, IReadOnlyList<int> population);

    /// <summary>Makes a child.</summary>
    /// <param name="context">Of the trial to draw for.</param>
    /// <param name="space">Parameters that all complete trials have.</param>
    /// <param name="parents">Numbers of the trials to make it of, one or more.</param>
    /// <returns>Values of parameters of the space; those left out are drawn at random.</returns>
    protected abstract IReadOnlyList<TrialParam> Generate(SamplingContext context, SearchSpace space, IReadOnlyList<int> parents);

    /// <summary>The generation a trial was given, or null.</summary>
    protected int? GenerationOf(SamplingContext context) => Generations.Parse(context.TrialAttr(_generationKey));

    /// <summary>Numbers of the complete trials of a generation, ascending.</summary>
    protected IReadOnlyList<int> Population(StudyView study, int generation) => _generations.Of(study.Whole).Of(generation);

    private int Latest(SamplingContext context) => _generations.Of(context.Study.Whole).Latest(PopulationSize);

    // Whoever chooses them has them in the order of choice, all others by number, as in Optuna.
    private IReadOnlyList<int> Parents(SamplingContext context, int generation)
    {
        if (generation == 0)
            return [];
        var study = context.Study.Whole;
        var generations = _generations.Of(study);
        if (generations.ParentsOf(generation) is { } known)
            return known;
        var key = _parentKey + generation.ToString(CultureInfo.InvariantCulture);
        if (ParentsAttribute.Read(context.StudyAttr(key), study) is { } kept)
            return generations.SetParents(generation, kept);

        var chosen = SelectParents(context, [.. generations.Of(generation - 1), .. Before(context, generations, generation - 1)]);
        foreach (var number in chosen)
        {
            if (!study.IsFinished(number))
                throw new InvalidOperationException($"Trial {number} was chosen as a parent of generation {generation}, but it is not finished.");
        }

        context.SetStudyAttr(key, ParentsAttribute.Write(chosen, study.Id));
        generations.SetParents(generation, [.. chosen.Order()]);
        return chosen;
    }

    // The parents of the generation before. Where nobody had need of them (another sampler drew), all its forebears.
    private IEnumerable<int> Before(SamplingContext context, Generations generations, int generation)
    {
        if (generation == 0)
            return [];
        var kept = context.StudyAttr(_parentKey + generation.ToString(CultureInfo.InvariantCulture));
        if ((generations.ParentsOf(generation) ?? ParentsAttribute.Read(kept, context.Study.Whole)) is { } known)
            return known;
        return Enumerable.Range(0, generation).SelectMany(generations.Of).Order();
    }
}
