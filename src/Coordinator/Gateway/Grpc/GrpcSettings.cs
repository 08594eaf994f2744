using Akka.Configuration;

namespace Optuna.Coordinator.Gateway.Grpc;

/// <summary>What an operator turns about the storage server: HOCON path <c>optuna.grpc</c>.</summary>
/// <param name="Patience">How long a call may stall while its study cannot be reached; then it fails with UNAVAILABLE.</param>
/// <param name="OrphanAfter">A running trial whose client's connection is closed, or has been silent this long, is given up. Null: never.</param>
/// <param name="Lease">How long a study keeps a trial nobody looks after.</param>
/// <param name="MaxMessageSize">Bytes of the largest request.</param>
internal sealed record GrpcSettings(TimeSpan Patience, TimeSpan? OrphanAfter, TimeSpan Lease, int MaxMessageSize)
{
    /// <exception cref="ArgumentException">A value out of range; the message names it.</exception>
    public static GrpcSettings From(Config config)
    {
        var grpc = config.GetConfig("optuna.grpc");
        var settings = new GrpcSettings(
            Read("patience", key => grpc.GetTimeSpan(key)),
            Read<TimeSpan?>("orphan-after", key => grpc.GetString(key) == "off" ? null : grpc.GetTimeSpan(key)),
            Studies.StudySettings.From(config).Lease,
            Read("max-message-size", key => (int)Math.Min(grpc.GetByteSize(key) ?? 0, int.MaxValue)));
        if (settings.Patience < TimeSpan.FromSeconds(1))
            throw new ArgumentException($"HOCON optuna.grpc.patience must be at least 1s (it is {settings.Patience}).");
        if (settings.OrphanAfter < TimeSpan.FromSeconds(1))
            throw new ArgumentException($"HOCON optuna.grpc.orphan-after must be off or at least 1s (it is {settings.OrphanAfter}).");
        if (settings.MaxMessageSize is < 1 << 16 or > 7 << 20)
            throw new ArgumentException($"HOCON optuna.grpc.max-message-size must lie between 64KiB and 7MiB, what goes between coordinators (it is {settings.MaxMessageSize}).");
        return settings;
    }

    private static T Read<T>(string key, Func<string, T> get)
    {
        try
        {
            return get(key);
        }
        catch (Exception e) when (e is FormatException or ConfigurationException or OverflowException)
        {
            throw new ArgumentException($"HOCON optuna.grpc.{key}: {e.Message}", e);
        }
    }
}
