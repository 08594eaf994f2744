using Optuna.Studies;

namespace Optuna.Terminators;

/// <summary>Ends a study once what may still be gained is less than the error of what is measured.</summary>
/// <remarks>Makarova et al., "Automatic Termination for Hyperparameter Optimization", 2022. Remembers nothing: asked about the same study, it answers alike.</remarks>
public sealed class Terminator : ITerminator
{
    /// <summary>Before so many complete trials no study is judged, unless something else is said.</summary>
    public const int DefaultMinTrials = 20;

    private readonly IImprovementEvaluator _improvement;
    private readonly IErrorEvaluator _error;
    private readonly int _minTrials;

    /// <param name="improvement">Null: <see cref="RegretBoundEvaluator"/>.</param>
    /// <param name="error">Null: 0 beside <see cref="BestValueStagnationEvaluator"/>, else <see cref="CrossValidationErrorEvaluator"/>.</param>
    /// <param name="minTrials">Complete trials before the study is judged; at least 1.</param>
    /// <exception cref="ArgumentException"><paramref name="minTrials"/> is out of range.</exception>
    public Terminator(IImprovementEvaluator? improvement = null, IErrorEvaluator? error = null, int minTrials = DefaultMinTrials)
    {
        if (minTrials < 1)
            throw new ArgumentException($"'min_n_trials' must be at least 1 (it is {minTrials}).");
        _improvement = improvement ?? new RegretBoundEvaluator();
        _error = error ?? (_improvement is BestValueStagnationEvaluator ? new StaticErrorEvaluator(0) : new CrossValidationErrorEvaluator());
        _minTrials = minTrials;
    }

    /// <summary>Its judgement costs next to nothing, whatever the study's length.</summary>
    internal bool IsQuick => _improvement is BestValueStagnationEvaluator && _error is StaticErrorEvaluator or CrossValidationErrorEvaluator;

    public bool ShouldTerminate(StudyView study) => study.Directions.Length != 1
        ? throw new InvalidOperationException("A study with several objectives cannot be judged by a terminator.")
        : study.CompleteCount >= _minTrials && _improvement.Evaluate(study) < _error.Evaluate(study);
}

public static class TerminatorExtensions
{
    /// <summary>Whether the study, as it is now, should end. Of a study on a cluster the trials are read.</summary>
    /// <inheritdoc cref="ITerminator.ShouldTerminate"/>
    public static bool ShouldTerminate(this ITerminator terminator, Study study) =>
        terminator.ShouldTerminate(study.Look());
}
