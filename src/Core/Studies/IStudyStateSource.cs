namespace Optuna.Studies;

/// <summary>A backend in this process: what is worked out from a study's state need not read its trials one by one.</summary>
internal interface IStudyStateSource
{
    /// <summary>Looks at the state while nothing changes it; what is kept of it must be a copy or a view.</summary>
    T Read<T>(Func<StudyState, T> look);
}
