namespace Optuna.Chaos;

/// <summary>What one run is made of.</summary>
/// <param name="Every">From one fault to the next, on average.</param>
/// <param name="Network">Prefix of the network namespaces made for this run; null: everything is on loopback.</param>
internal sealed record ChaosPlan(TimeSpan Length, TimeSpan Every, int Seed, int Coordinators, int Workers, bool Sqlite, string? Network)
{
    /// <summary>Several studies at a time, so that every coordinator hosts some.</summary>
    public int Studies => Math.Min(3, Workers);
}
