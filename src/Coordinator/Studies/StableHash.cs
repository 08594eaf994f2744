using System.Text;

namespace Optuna.Coordinator.Studies;

/// <summary>A hash of text that is the same in every process (FNV-1a, 32 bit), unlike string.GetHashCode.</summary>
internal static class StableHash
{
    public static uint Of(string text)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ b) * 16777619u;
        return hash;
    }
}
