using Optuna.Studies;

namespace Optuna.Terminators;

/// <summary>Always the same error.</summary>
public sealed class StaticErrorEvaluator(double constant) : IErrorEvaluator
{
    public double Evaluate(StudyView study) => constant;
}
