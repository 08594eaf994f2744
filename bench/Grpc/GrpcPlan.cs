namespace Optuna.Bench;

/// <summary>What every cell has in common.</summary>
/// <param name="WarmUp">From every client's first trial on.</param>
internal sealed record GrpcPlan(int Params, string Pruner, TimeSpan WarmUp, TimeSpan Window);

/// <summary>What one route did with so many clients.</summary>
/// <param name="Trials">That clients were told are finished within the window.</param>
/// <param name="Cpu">Processor time spent meanwhile: clients, server, database.</param>
/// <param name="Statements">SQL statements the database was sent meanwhile.</param>
internal sealed record GrpcCell(
    string Route, int Clients, int Reports, int Trials, double Seconds, long Commits, long Statements, IReadOnlyDictionary<string, TimeSpan> Cpu)
{
    public double TrialsPerSecond => Trials / Seconds;

    public double PerTrial(double total) => Math.Round(total / Math.Max(1, Trials), 2);
}
