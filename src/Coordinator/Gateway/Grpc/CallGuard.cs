using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace Optuna.Coordinator.Gateway.Grpc;

/// <summary>Stands before every call: asks for the token if one is configured, and turns what nobody foresaw into INTERNAL with a sentence.</summary>
internal sealed class CallGuard(GrpcSettings settings, OrphanWatch orphans, ILogger<CallGuard> log) : Interceptor
{
    private const string Scheme = "Bearer ";

    public override async Task<TReply> UnaryServerHandler<TRequest, TReply>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TReply> continuation)
    {
        if (settings.Token is { } token && !Bears(context, token))
            throw StorageErrors.Of(StatusCode.Unauthenticated, "This storage asks for a token: send the header 'authorization: Bearer TOKEN'.");
        orphans.Heard(context.GetHttpContext().Connection.Id);
        try
        {
            return await continuation(request, context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            throw StorageErrors.Of(StatusCode.Cancelled, "The client has gone.");
        }
        catch (Exception e) when (e is not RpcException)
        {
            log.LogError(e, "{Method} failed", context.Method);
            throw StorageErrors.Of(StatusCode.Internal, $"{context.Method} failed: {e.Message}");
        }
    }

    private static bool Bears(ServerCallContext context, string token) =>
        context.RequestHeaders.GetValue("authorization") is { } header && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..])), SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
