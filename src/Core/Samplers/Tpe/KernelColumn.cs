using Optuna.Numerics;

namespace Optuna.Samplers.Tpe;

/// <summary>One parameter's factor of every kernel of an estimator.</summary>
internal abstract class KernelColumn
{
    internal static KernelColumn For(TpeParameter parameter) => parameter.Kind switch
    {
        TpeParameterKind.Continuous => new ContinuousKernels(parameter),
        TpeParameterKind.Discrete => new DiscreteKernels(parameter),
        TpeParameterKind.Categorical => new CategoricalKernels(parameter),
        _ => throw new ArgumentException($"There are no kernels for parameters of kind {parameter.Kind}.", nameof(parameter)),
    };

    /// <summary>Makes the kernels and adds to <paramref name="constants"/> what each has whatever the candidate.</summary>
    /// <param name="values">Observations in the internal representation, oldest first.</param>
    /// <param name="constants">One per kernel, padded to a multiple of the vector width.</param>
    /// <param name="options">How kernels are made.</param>
    internal abstract void Fit(
        ReadOnlySpan<double> values, Span<double> constants, ParzenOptions options);

    /// <summary>Draws each candidate's value from its kernel by the inverse of the cumulative distribution.</summary>
    internal abstract void Sample(
        ReadOnlySpan<int> kernels, ReadOnlySpan<double> quantiles, Candidates candidates, int column);

    /// <summary>Gets ready to weigh these candidates.</summary>
    internal abstract void Prepare(Candidates candidates, int column);

    /// <summary>Adds every candidate's log density under the block's kernels to the block.</summary>
    internal abstract void AddTo(TermBlock block);
}
