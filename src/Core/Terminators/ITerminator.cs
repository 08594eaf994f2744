using Optuna.Studies;

namespace Optuna.Terminators;

/// <summary>Decides whether a study has got as far as it is worth going.</summary>
public interface ITerminator
{
    /// <exception cref="InvalidOperationException">The study cannot be judged, for instance because it has several objectives.</exception>
    bool ShouldTerminate(StudyView study);
}

/// <summary>How much better than the best value so far a study may still get, in the objective's own unit or the evaluator's.</summary>
public interface IImprovementEvaluator
{
    /// <exception cref="InvalidOperationException">Nothing is complete yet, or the space is of a kind the evaluator cannot judge.</exception>
    double Evaluate(StudyView study);
}

/// <summary>How small an improvement is that cannot be told from chance.</summary>
public interface IErrorEvaluator
{
    /// <exception cref="InvalidOperationException">What it needs to know was not reported.</exception>
    double Evaluate(StudyView study);
}
