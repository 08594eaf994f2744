using System.Net;
using System.Net.Sockets;
using Optuna.Cluster.Client;
using Optuna.Cluster.Protocol;
using Optuna.Testing.Processes;

namespace Optuna.Chaos.Stage;

/// <summary>Where the fleet lives: a node each in a network of our own, or everybody on loopback.</summary>
internal sealed class Place
{
    private readonly Network? _network;
    private readonly CoordinatorAddress[] _coordinators;

    /// <param name="folder">For logs, clocks and lists of acknowledged results.</param>
    public Place(ChaosPlan plan, string folder, string storage)
    {
        (Storage, Folder) = (storage, folder);
        _network = plan.Network is { } prefix ? new Network(prefix) : null;
        _coordinators = _network is null
            ? [.. FreePorts(plan.Coordinators).Select(p => new CoordinatorAddress("127.0.0.1", p))]
            : [.. Enumerable.Range(0, plan.Coordinators).Select(i => new CoordinatorAddress(Network.Address($"c{i}"), OptunaSystem.DefaultPort))];
    }

    public string Folder { get; }

    public string Storage { get; }

    /// <summary>Null on loopback: nothing can be cut there.</summary>
    public Network? Network => _network;

    public string Url => $"{OptunaUrl.Scheme}{string.Join(",", _coordinators.Select(c => $"{c}"))}";

    /// <summary>The harness' own.</summary>
    public string ClientAddress => _network is null ? "127.0.0.1" : "10.77.0.1";

    public CoordinatorAddress CoordinatorAddress(int number) => _coordinators[number];

    public ProgramProcess Start(string node, FalseClock clock, IEnumerable<string> command)
    {
        List<string> words = [.. _network?.Within(node) ?? [], "dotnet", .. command];
        return ProgramProcess.StartCommand(node, words[0], words.Skip(1), Folder, clock.Environment);
    }

    private static IEnumerable<int> FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        var ports = listeners.ConvertAll(l => ((IPEndPoint)l.LocalEndpoint).Port).Order().ToList();
        listeners.ForEach(l => l.Dispose());
        return ports;
    }
}
