namespace Optuna.Cli.Transfer.JournalFile;

/// <summary>Optuna's operations by their numbers.</summary>
internal enum JournalOp : long
{
    CreateStudy = 0,
    DeleteStudy = 1,
    SetStudyUserAttr = 2,
    SetStudySystemAttr = 3,
    CreateTrial = 4,
    SetTrialParam = 5,
    SetTrialStateValues = 6,
    SetTrialIntermediateValue = 7,
    SetTrialUserAttr = 8,
    SetTrialSystemAttr = 9,

    /// <summary>Written by Rustuna; Optuna reads over it, and so do we.</summary>
    DiscardTrials = 10,
}
