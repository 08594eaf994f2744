namespace Optuna.Chaos.Faults;

/// <param name="At">Since the fleet was under way.</param>
/// <param name="Target">Number of the coordinator, worker or study.</param>
/// <param name="Other">The other end of a link.</param>
/// <param name="Skew">By how much a clock is wrong.</param>
internal sealed record Fault(FaultKind Kind, TimeSpan At, TimeSpan For, int Target = 0, int Other = 0, TimeSpan Skew = default)
{
    public TimeSpan Until => At + For;

    public override string ToString() => Kind switch
    {
        FaultKind.CutLink => $"{Kind.Name()} c{Target}-c{Other} for {For.TotalSeconds:0.0} s",
        FaultKind.CoordinatorClock or FaultKind.WorkerClock => $"{Kind.Name()} {Target} by {Skew.TotalSeconds:0} s for {For.TotalSeconds:0.0} s",
        FaultKind.KillDatabase or FaultKind.FreezeDatabase or FaultKind.FullDisk => $"{Kind.Name()} for {For.TotalSeconds:0.0} s",
        _ => $"{Kind.Name()} {Target} for {For.TotalSeconds:0.0} s",
    };
}
