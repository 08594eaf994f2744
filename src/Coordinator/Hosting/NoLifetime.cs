using Microsoft.Extensions.Hosting;

namespace Optuna.Coordinator.Hosting;

/// <summary>Whoever started the node decides when it ends, not a signal.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
