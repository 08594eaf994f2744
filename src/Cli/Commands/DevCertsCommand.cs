using System.CommandLine;
using Optuna.Cli.Certificates;
using Optuna.CommandLine;

namespace Optuna.Cli.Commands;

/// <summary>Makes what TLS needs: an authority of one's own and a certificate for each kind of node. Opens no storage.</summary>
internal sealed class DevCertsCommand : Command
{
    public DevCertsCommand() : base("dev-certs", "Makes an authority and certificates for nodes and clients, or further certificates of an authority it made before.")
    {
        var folder = new Option<string>("--out") { Description = "The folder; it is made if need be.", Required = true };
        var names = new Option<string[]>("--for")
        {
            Description = "Whose certificates: NAME.pem and NAME.key are made (repeatable). By default coordinator, worker and client.",
            DefaultValueFactory = _ => ["coordinator", "worker", "client"],
        };
        var hosts = new Option<string[]>("--host")
        {
            Description = "A name or address the node is reached by (repeatable). By default 127.0.0.1, ::1, localhost and this machine's name.",
            DefaultValueFactory = _ => ["127.0.0.1", "::1", "localhost", Environment.MachineName],
        };
        var days = CommandRunner.CheckedOption("--days", 365, text => CommandRunner.Number(text, 1, 3650), "How long they are good for.");
        Add(folder);
        Add(names);
        Add(hosts);
        Add(days);
        SetAction(parsed =>
        {
            var (made, reached) = (parsed.GetValue(names)!, parsed.GetValue(hosts)!);
            foreach (var name in made.Where(n => n.Length == 0 || n == "authority" || n.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))))
                throw new ArgumentException($"--for: '{name}' is no name of letters, digits, '-', '_' and '.'.");
            foreach (var host in reached.Where(h => Uri.CheckHostName(h) == UriHostNameType.Unknown))
                throw new ArgumentException($"--host: '{host}' is no name or address of a host.");
            var path = Path.GetFullPath(parsed.GetRequiredValue(folder));
            using var authority = Authority.Open(path, parsed.GetValue(days));
            foreach (var name in made)
                authority.Issue(name, reached, parsed.GetValue(days));
            Console.WriteLine($"{path}: authority.pem for every node; {string.Join(", ", made.Select(n => $"{n}.pem with {n}.key"))}; keep authority.key apart");
        });
    }
}
