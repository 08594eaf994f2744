namespace Optuna.Studies;

/// <summary>Number of a study, from 1, never given twice within one storage.</summary>
public readonly record struct StudyId(int Value)
{
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Who evaluates trials: one name for one running worker process, unique in the fleet.</summary>
public readonly record struct WorkerId(string Value)
{
    public override string ToString() => Value;
}
