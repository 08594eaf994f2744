namespace Optuna.Samplers.Nsga;

/// <summary>NSGA-III, NSGA-II for three objectives and more: of the last front those are chosen that lie in directions with few others. Deb and Jain 2014.</summary>
/// <remarks>As <see cref="NsgaIISampler"/> in everything else.</remarks>
public sealed class NsgaIIISampler : NsgaSampler
{
    private readonly ReferenceSelection? _selection;

    /// <exception cref="ArgumentException">A population that is smaller than the crossover's number of parents.</exception>
    public NsgaIIISampler(NsgaIIIOptions? options = null)
        : this(options ?? NsgaIIIOptions.Default, new ReferenceSelection(options ?? NsgaIIIOptions.Default))
    {
    }

    private NsgaIIISampler(NsgaIIIOptions options, ReferenceSelection selection)
        : base("NSGAIIISampler", options, selection) => _selection = options.EliteSelection is null ? selection : null;

    /// <inheritdoc/>
    public override void CheckObjectives(int objectives) => _selection?.CheckObjectives(objectives);
}
