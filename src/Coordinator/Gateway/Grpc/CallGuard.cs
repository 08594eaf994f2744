using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace Optuna.Coordinator.Gateway.Grpc;

/// <summary>Stands before every call, and turns what nobody foresaw into INTERNAL with a sentence. Who may call was asked before: <see cref="TokenGate"/>.</summary>
internal sealed class CallGuard(OrphanWatch orphans, ILogger<CallGuard> log) : Interceptor
{
    public override async Task<TReply> UnaryServerHandler<TRequest, TReply>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TReply> continuation)
    {
        orphans.Heard(context.GetHttpContext().Connection.Id);
        try
        {
            return await continuation(request, context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            throw StorageErrors.Of(StatusCode.Cancelled, "The client has gone.");
        }
        catch (CoordinatorUnreachableException e)
        {
            throw StorageErrors.Of(StatusCode.Unavailable, e.Message);
        }
        catch (Exception e) when (e is not RpcException)
        {
            log.LogError(e, "{Method} failed", context.Method);
            throw StorageErrors.Of(StatusCode.Internal, $"{context.Method} failed: {e.Message}");
        }
    }
}
