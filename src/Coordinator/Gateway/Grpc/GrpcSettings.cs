using Akka.Configuration;

namespace Optuna.Coordinator.Gateway.Grpc;

/// <summary>What an operator turns about the storage server: HOCON path <c>optuna.grpc</c>.</summary>
/// <param name="Patience">How long a call may stall while its study cannot be reached; then it fails with UNAVAILABLE.</param>
/// <param name="OrphanAfter">A running trial whose client's connection is closed, or has been silent this long, is given up. Null: never.</param>
/// <param name="Lease">How long a study keeps a trial nobody looks after.</param>
/// <param name="MaxMessageSize">Bytes of the largest request.</param>
/// <param name="Certificate">PEM file; with <paramref name="Key"/> the server speaks TLS.</param>
/// <param name="Token">Every call must bear it. Null: none is asked for.</param>
internal sealed record GrpcSettings(
    TimeSpan Patience, TimeSpan? OrphanAfter, TimeSpan Lease, int MaxMessageSize, string? Certificate, string? Key, string? Token)
{
    private const string TokenVariable = "OPTUNA_GRPC_TOKEN";

    /// <exception cref="ArgumentException">A value out of range, or a file that cannot be read; the message names it.</exception>
    public static GrpcSettings From(Config config)
    {
        var grpc = config.GetConfig("optuna.grpc");
        var settings = new GrpcSettings(
            Read("patience", key => grpc.GetTimeSpan(key)),
            Read<TimeSpan?>("orphan-after", key => grpc.GetString(key) == "off" ? null : grpc.GetTimeSpan(key)),
            Studies.StudySettings.From(config).Lease,
            Read("max-message-size", key => (int)Math.Min(grpc.GetByteSize(key) ?? 0, int.MaxValue)),
            Text(grpc, "tls.certificate"), Text(grpc, "tls.key"), ReadToken(grpc));
        if (settings.Patience < TimeSpan.FromSeconds(1))
            throw new ArgumentException($"HOCON optuna.grpc.patience must be at least 1s (it is {settings.Patience}).");
        if (settings.OrphanAfter < TimeSpan.FromSeconds(1))
            throw new ArgumentException($"HOCON optuna.grpc.orphan-after must be off or at least 1s (it is {settings.OrphanAfter}).");
        if (settings.MaxMessageSize is < 1 << 16 or > 7 << 20)
            throw new ArgumentException($"HOCON optuna.grpc.max-message-size must lie between 64KiB and 7MiB, what goes between coordinators (it is {settings.MaxMessageSize}).");
        if (settings.Certificate is null != settings.Key is null)
            throw new ArgumentException("HOCON optuna.grpc.tls needs both 'certificate' and 'key', or neither.");
        foreach (var file in new[] { settings.Certificate, settings.Key })
        {
            if (file is not null && !File.Exists(file))
                throw new ArgumentException($"HOCON optuna.grpc.tls: there is no file '{file}'.");
        }

        return settings;
    }

    private static string? ReadToken(Config grpc)
    {
        if (Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } token)
            return token;
        if (Text(grpc, "token-file") is not { } file)
            return null;
        try
        {
            return File.ReadAllText(file).Trim() is { Length: > 0 } text
                ? text
                : throw new ArgumentException($"HOCON optuna.grpc.token-file: the file '{file}' is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"HOCON optuna.grpc.token-file: {e.Message}", e);
        }
    }

    private static string? Text(Config grpc, string key) => grpc.GetString(key) is { Length: > 0 } text ? text : null;

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
