namespace Optuna.Trials;

/// <summary>Whose attribute: the user's, or one that Optuna and its samplers keep.</summary>
public enum AttrKind
{
    User = 0,
    System = 1,
}
