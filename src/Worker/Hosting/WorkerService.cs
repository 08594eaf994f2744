using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Optuna.Worker.Hosting;

/// <summary>Runs a <see cref="WorkerNode"/> for as long as its host lives; what goes wrong is logged and never ends the host.</summary>
internal sealed class WorkerService(WorkerOptions options, string studyName, IObjective objective, ILogger<WorkerService> log) : BackgroundService
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var node = new WorkerNode(options) { Log = line => log.LogInformation("{Line}", line) };
                var result = await node.RunAsync(studyName, objective, stoppingToken).ConfigureAwait(false);
                log.LogInformation("Study '{Study}': the budget is spent; this worker evaluated {Trials} trials", studyName, result.Total);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogError(e, "The worker of study '{Study}' stopped; it starts again in {Seconds} s", studyName, LookAgainAfter.TotalSeconds);
            }

            await Task.Delay(LookAgainAfter, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
