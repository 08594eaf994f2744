namespace Optuna.Studies;

/// <summary>Whether an objective is made small or large. The numbers are Optuna's.</summary>
public enum StudyDirection
{
    Minimize = 1,
    Maximize = 2,
}
