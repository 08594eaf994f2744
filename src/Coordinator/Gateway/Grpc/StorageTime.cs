using System.Globalization;
using Grpc.Core;

namespace Optuna.Coordinator.Gateway.Grpc;

/// <summary>Points in time as the storage protocol writes them: local, without a zone, six digits after the second, empty for none.</summary>
internal static class StorageTime
{
    private const string Format = "yyyy-MM-dd HH:mm:ss.ffffff";

    private static readonly string[] s_read = [Format, "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF"];

    public static string Write(DateTime? utc) => utc?.ToLocalTime().ToString(Format, CultureInfo.InvariantCulture) ?? "";

    /// <exception cref="RpcException">INVALID_ARGUMENT: not of that form.</exception>
    public static DateTime? Read(string text, string field) => text.Length == 0 ? null
        : DateTime.TryParseExact(
            text, s_read, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal | DateTimeStyles.AdjustToUniversal, out var utc)
            ? utc
            : throw StorageErrors.Of(StatusCode.InvalidArgument, $"'{field}' must be a time such as '2026-11-24 07:53:57.123456' (it is '{text}').");
}
