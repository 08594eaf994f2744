namespace Optuna.Samplers.Tpe.Mixture;

/// <summary>One parameter's factor of every kernel of a <see cref="PoorMixture"/>, written into its <see cref="KernelRows"/> as rows come, change and go.</summary>
internal abstract class MixtureColumn
{
    /// <summary>A bound on how much likelier any kernel makes a point than the prior's kernel does, as a logarithm.</summary>
    internal abstract double MostAbovePrior { get; }

    /// <summary>What a poor trial's kernel subtracts whatever the candidate.</summary>
    internal virtual double Norm(int row) => 0;

    /// <summary>Makes everything anew from the rows.</summary>
    internal abstract void Load();

    /// <inheritdoc cref="IRowWatcher.Inserted"/>
    internal abstract void Inserted(int row);

    /// <inheritdoc cref="IRowWatcher.Removing"/>
    internal abstract void Removing(int row);

    /// <inheritdoc cref="IRowWatcher.Joined"/>
    internal abstract void Joined(int row);

    /// <inheritdoc cref="IRowWatcher.Leaving"/>
    internal abstract void Leaving(int row);

    /// <summary>Gets ready to weigh some of the candidates, from <paramref name="first"/> on; past the last, any will do.</summary>
    internal abstract void Prepare(Candidates candidates, int first);

    /// <summary>Logarithm of the prior kernel's factor at a candidate, counted from the first of <see cref="Prepare"/>.</summary>
    internal abstract double Prior(int candidate);
}
