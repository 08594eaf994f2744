using System.Diagnostics;

namespace Optuna.Chaos.Stage;

/// <summary>A network of our own: a namespace per node, all on one bridge in a namespace where the harness lives.</summary>
/// <remarks>
/// Nothing of it touches the machine's own network. A node is cut off by taking its port from the bridge, a link by isolating
/// both ports: either way packets vanish as on a broken line, and no connection is told.
/// </remarks>
internal sealed class Network(string prefix)
{
    public const string Hub = "hub", Database = "db";

    private readonly List<string> _isolated = [];
    private string? _detached;

    /// <summary>Whether this account may make network namespaces on this machine.</summary>
    public static bool IsPossible()
    {
        var name = $"optuna-chaos-{Environment.ProcessId}-try";
        try
        {
            if (Run("netns", "add", name) != 0)
                return false;
            var works = Run("-n", name, "link", "add", "br0", "type", "bridge") == 0
                && Run("-n", name, "link", "add", "try0", "type", "veth", "peer", "name", "try1") == 0;
            Run("netns", "del", name);
            return works;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // No such program.
        }
    }

    /// <summary>Makes the namespaces; to be called outside of them.</summary>
    public static Network Create(IReadOnlyList<string> nodes)
    {
        var network = new Network($"optuna-chaos-{Environment.ProcessId}-");
        var hub = network.Namespace(Hub);
        Must("netns", "add", hub);
        Must("-n", hub, "link", "set", "lo", "up");
        Must("-n", hub, "link", "add", "br0", "type", "bridge");
        Must("-n", hub, "addr", "add", "10.77.0.1/24", "dev", "br0");
        Must("-n", hub, "link", "set", "br0", "up");
        foreach (var node in nodes)
        {
            var space = network.Namespace(node);
            Must("netns", "add", space);
            Must("-n", space, "link", "set", "lo", "up");
            Must("-n", hub, "link", "add", node, "type", "veth", "peer", "name", "eth0", "netns", space);
            Must("-n", hub, "link", "set", node, "master", "br0");
            Must("-n", hub, "link", "set", node, "up");
            Must("-n", space, "addr", "add", $"{Address(node)}/24", "dev", "eth0");
            Must("-n", space, "link", "set", "eth0", "up");
        }

        return network;
    }

    public string Prefix => prefix;

    public static string Address(string node) => node[0] switch
    {
        'd' => "10.77.0.2",
        'c' => $"10.77.0.{10 + int.Parse(node[1..], System.Globalization.CultureInfo.InvariantCulture)}",
        _ => $"10.77.0.{100 + int.Parse(node[1..], System.Globalization.CultureInfo.InvariantCulture)}",
    };

    /// <summary>The words that run a command in a node's namespace.</summary>
    public IReadOnlyList<string> Within(string node) => ["ip", "netns", "exec", Namespace(node)];

    public void Cut(string node)
    {
        _detached = node;
        Must("link", "set", node, "nomaster");
    }

    public void Cut(string one, string other)
    {
        _isolated.AddRange([one, other]);
        foreach (var node in _isolated)
            Must("link", "set", node, "type", "bridge_slave", "isolated", "on");
    }

    public void Mend()
    {
        if (_detached is { } node)
            Must("link", "set", node, "master", "br0");
        foreach (var port in _isolated)
            Must("link", "set", port, "type", "bridge_slave", "isolated", "off");
        _detached = null;
        _isolated.Clear();
    }

    /// <summary>Takes the namespaces away; to be called outside of them.</summary>
    public void Delete(IReadOnlyList<string> nodes)
    {
        foreach (var node in nodes.Append(Hub))
            Run("netns", "del", Namespace(node));
    }

    private string Namespace(string node) => prefix + node;

    private static void Must(params string[] arguments)
    {
        if (Run(arguments) is var code and not 0)
            throw new InvalidOperationException($"'ip {string.Join(' ', arguments)}' failed with exit code {code}.");
    }

    private static int Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return process.ExitCode;
    }
}
