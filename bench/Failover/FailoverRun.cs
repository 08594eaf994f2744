using System.Net;
using System.Net.Sockets;
using Optuna.Cluster.Client;
using Optuna.Testing.Network;
using Optuna.Testing.Processes;

namespace Optuna.Bench;

/// <summary>What one fault cost.</summary>
/// <param name="Gaps">Longest time between two acknowledged results of each study around the fault, in seconds, longest first.</param>
/// <param name="Failed">Calls of clients that were answered by an exception.</param>
/// <param name="Lost">Acknowledged results that the study does not have.</param>
internal sealed record FailoverResult(List<double> Gaps, int Acknowledged, int Failed, int Lost);

/// <summary>Coordinators, clients that ask and tell without a pause, and one fault.</summary>
internal sealed class FailoverRun
{
    private const string Oldest = "oldest", Youngest = "youngest", Frozen = "frozen", Terminated = "terminated", Link = "link";

    private static readonly TimeSpan Before = TimeSpan.FromSeconds(5), After = TimeSpan.FromSeconds(5), Patience = TimeSpan.FromSeconds(60);

    private readonly List<ProgramProcess> _processes = [];
    private readonly List<string> _urls = [];
    private readonly List<CoordinatorLine> _lines = [];

    public static IReadOnlyList<string> Faults { get; } = [Oldest, Youngest, Frozen, Terminated, Link];

    public static async Task<FailoverResult> MeasureAsync(string fault, string storage, int coordinators, int studies, CancellationToken cancel)
    {
        var run = new FailoverRun();
        var folder = Directory.CreateTempSubdirectory("optuna-bench-");
        try
        {
            foreach (var port in Ports(coordinators))
                await run.StartAsync(storage, port, fault == Link, folder.FullName).ConfigureAwait(false);
            return await run.MeasureAsync(fault, studies, cancel).ConfigureAwait(false);
        }
        finally
        {
            foreach (var process in run._processes)
                await process.DisposeAsync().ConfigureAwait(false);
            foreach (var line in run._lines)
                await line.DisposeAsync().ConfigureAwait(false);
            folder.Delete(recursive: true);
        }
    }

    private async Task<FailoverResult> MeasureAsync(string fault, int studies, CancellationToken cancel)
    {
        // The oldest has the lowest address, too. Clients stand at the door of one that stays, so that what is measured is
        // the loss of the studies' host; an orderly end must not be felt even at the door of the one that goes.
        var victim = fault is Oldest or Frozen or Terminated ? 0 : _processes.Count - 1;
        var door = fault == Terminated ? victim : fault is Oldest or Frozen ? 1 : 0;
        var client = await OptunaClient.ConnectAsync(_urls[door], new OptunaClientOptions { ConnectTimeout = Patience }, cancel).ConfigureAwait(false);
        await using var _ = client.ConfigureAwait(false);
        var loads = new List<StudyLoad>();
        for (var i = 0; i < studies; i++)
            loads.Add(new StudyLoad(await client.CreateStudyAsync($"s{i}", cancellationToken: cancel).ConfigureAwait(false)));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = loads.ConvertAll(l => l.RunAsync(end.Token));
        await UntilAsync(() => loads.TrueForAll(l => l.Count > 20), cancel).ConfigureAwait(false);
        await Task.Delay(Before, cancel).ConfigureAwait(false);

        loads.ForEach(l => l.Mark());
        await InflictAsync(fault, victim).ConfigureAwait(false);
        await UntilAsync(() => loads.TrueForAll(l => l.CountSinceMark > 5), cancel).ConfigureAwait(false);
        // What is slow to come, such as the end of an orderly end, belongs to it.
        await Task.Delay(After, cancel).ConfigureAwait(false);
        await UntilAsync(() => loads.TrueForAll(l => l.IsFluent), cancel).ConfigureAwait(false);

        var gaps = loads.Select(l => Math.Round(l.LongestGap.TotalSeconds, 2)).OrderDescending().ToList();
        await end.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running).ConfigureAwait(false);
        var lost = 0;
        foreach (var load in loads)
            lost += await load.CountLostAsync(cancel).ConfigureAwait(false);
        return new FailoverResult(gaps, loads.Sum(l => l.Count), loads.Sum(l => l.Failed), lost);
    }

    private async Task StartAsync(string storage, int port, bool behindLine, string folder)
    {
        List<string> arguments = ["--storage", storage, "--port", $"{port}"];
        if (behindLine)
        {
            var line = CoordinatorLine.To(port);
            _lines.Add(line);
            var hocon = Path.Combine(folder, $"{port}.conf");
            await File.WriteAllTextAsync(hocon, $"akka.remote.dot-netty.tcp {{\npublic-hostname = \"127.0.0.1\"\npublic-port = {line.Port}\n}}").ConfigureAwait(false);
            arguments.AddRange(["--hocon", hocon]);
        }

        var process = ProgramProcess.Start($"coordinator {_processes.Count}", "optuna-coordinator.dll", arguments, folder);
        _processes.Add(process);
        const string ready = "optuna-coordinator listens at ";
        var said = await process.LineAsync(l => l.StartsWith(ready, StringComparison.Ordinal), Patience).ConfigureAwait(false);
        _urls.Add(said[ready.Length..].Split(' ')[0]);
    }

    private async Task InflictAsync(string fault, int victim)
    {
        switch (fault)
        {
            case Frozen:
                _processes[victim].Freeze();
                break;
            case Terminated:
                _processes[victim].Terminate();
                break;
            case Link:
                _lines.ForEach(l => l.Cut());
                break;
            default:
                await _processes[victim].KillAsync().ConfigureAwait(false);
                break;
        }
    }

    private static async Task UntilAsync(Func<bool> condition, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        while (!condition())
            await Task.Delay(50, patience.Token).ConfigureAwait(false);
    }

    private static int[] Ports(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).Order()];
        listeners.ForEach(l => l.Dispose());
        return ports;
    }
}
