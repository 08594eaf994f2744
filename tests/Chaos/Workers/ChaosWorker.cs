using System.Text;
using Optuna.Trials;
using Optuna.Worker.Hosting;

namespace Optuna.Chaos.Workers;

/// <summary>A worker as any training host embeds it, which writes down every result that was acknowledged to it.</summary>
internal static class ChaosWorker
{
    public static async Task<int> RunAsync(string coordinators, string study, int budget, string logFile, CancellationToken cancel)
    {
        var objective = new ChaosObjective();
        await using var log = new FileStream(logFile, FileMode.Append, FileAccess.Write, FileShare.Read);
        // One slot: what this process computed last for a trial is then what it told.
        var node = new WorkerNode(new WorkerOptions { Coordinator = coordinators, NTrials = budget })
        {
            Log = Console.Error.WriteLine,
            TrialEnded = (number, state) => Write(log, new AcknowledgedResult(
                study, number, state, state == TrialState.Complete ? objective.Take(number) : null, $"{Environment.ProcessId}")),
        };
        await node.RunAsync(study, objective, cancel);
        return 0;
    }

    // One write, so that a kill leaves a whole line or none.
    private static void Write(FileStream log, AcknowledgedResult result)
    {
        lock (log)
        {
            log.Write(Encoding.UTF8.GetBytes(result.ToLine() + "\n"));
            log.Flush();
        }
    }
}
