using System.Text.Json;

namespace Optuna.Coordinator.Hosting;

/// <summary>What was looked at and how it is.</summary>
internal sealed record HealthReport((string Name, string State)[] Checks)
{
    public const string Good = "ok";

    public bool IsGood => Array.TrueForAll(Checks, c => c.State == Good);

    /// <summary><c>{"ok": true, "checks": {"cluster": "ok", …}}</c></summary>
    public string ToJson() => JsonSerializer.Serialize(new { ok = IsGood, checks = Checks.ToDictionary(c => c.Name, c => c.State) });
}
