using Optuna.Importance;

namespace Optuna.Studies;

/// <summary>A backend that has the study's columns at hand: its trials need not be read one by one.</summary>
internal interface ICompletedTrialsSource
{
    CompletedTrials Completed();
}
