namespace Optuna.Pruners;

/// <summary>Decides after a report whether a trial should be stopped early.</summary>
/// <remarks>
/// Consulted once per reported step, one trial after the other. What it must remember it sets as attributes through the
/// context: they are recorded together with the report, so a study read back from its journal prunes on as before.
/// </remarks>
public interface IPruner
{
    bool ShouldPrune(PruningContext context);
}

/// <summary>A pruner that also knows studies with several objectives, whose trials report a value for each (<see cref="Trial.Report(IReadOnlyList{double}, long)"/>).</summary>
public interface IVectorPruner : IPruner
{
    bool ShouldPrune(VectorPruningContext context);
}

/// <summary>A pruner that divides a study's trials into brackets; samplers then see of a trial's study its own bracket only.</summary>
public interface IBracketPruner : IPruner
{
    /// <summary>How the study is divided; null while it is not (yet). The same object as long as the answer is the same.</summary>
    /// <param name="systemAttr">From a key to the JSON text of the study's system attribute, or null.</param>
    BracketDivision? Division(string studyName, Func<string, string?> systemAttr);
}

/// <summary>Brackets of trials.</summary>
/// <param name="Count">How many brackets there are.</param>
/// <param name="Of">From a trial's number to its bracket, from 0; depends on nothing else.</param>
public sealed record BracketDivision(int Count, Func<int, int> Of)
{
    private readonly Func<int, bool>[] _members = new Func<int, bool>[Count];

    /// <summary>Whether a number is in the bracket; the same delegate every time.</summary>
    internal Func<int, bool> Members(int bracket) => _members[bracket] ??= number => Of(number) == bracket;

    public bool Equals(BracketDivision? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
