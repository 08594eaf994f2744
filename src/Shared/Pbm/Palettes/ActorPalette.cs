using Akka.Actor;
using Optuna.Cluster.Pbm.Grammar;

namespace Optuna.Cluster.Pbm.Palettes;

/// <summary><c>actor</c>: what lives in this node.</summary>
internal static class ActorPalette
{
    private const string Depth = "depth", Start = "start";

    // A node with very many actors is looked at in parts.
    private const int MostRows = 10_000;

    public static Palette Of(ActorSystem system) => new("actor", "The actors of this node.",
    [
        new("hierarchy", "Show the actors below one, each by its path.", Access.Look, call => HierarchyAsync((ExtendedActorSystem)system, call))
        {
            Parameters =
            [
                new(Depth, "How many levels to go down.", 'd') { Default = "4", Least = 1 },
                new(Start, "Path of the actor to begin at.", 's') { Default = "/user" },
            ],
        },
    ]);

    private static async Task HierarchyAsync(ExtendedActorSystem system, CommandCall call)
    {
        var (root, path) = (Find(system, call.Value(Start)), call.Value(Start).TrimEnd('/'));
        var (rows, depth) = (0, call.Number(Depth));
        // Parents before their children, siblings by name; a stack, for an operator may ask for any depth.
        var open = new Stack<(IActorRef Actor, string Path, int Level)>([(root, path, 0)]);
        while (open.TryPop(out var at))
        {
            call.Cancel.ThrowIfCancellationRequested();
            if (++rows > MostRows)
                throw new CommandRefusedException($"There are more than {MostRows} actors; -s says where to begin and -d how deep to go.");
            var children = Children(at.Actor).OrderByDescending(c => c.Path.Name, StringComparer.Ordinal).ToList();
            await call.Output.RowAsync(at.Path.Length == 0 ? "/" : at.Path, new { path = at.Path.Length == 0 ? "/" : at.Path, children = children.Count }).ConfigureAwait(false);
            if (at.Level == depth)
                continue;
            foreach (var child in children)
                open.Push((child, $"{at.Path}/{child.Path.Name}", at.Level + 1));
        }
    }

    private static IActorRef Find(ExtendedActorSystem system, string path)
    {
        if (!path.StartsWith('/'))
            throw new CommandRefusedException($"'{path}' is no path of an actor of this node: it begins with '/', as in /user.");
        IActorRef found = system.Provider.RootGuardian;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            found = Children(found).FirstOrDefault(c => c.Path.Name == name)
                ?? throw new CommandRefusedException($"There is no actor '{path}': '{name}' is not below {found.Path.ToStringWithoutAddress()}.");
        }

        return found;
    }

    // Actors of other nodes, and some of the system's own, have no children that this node knows.
    private static IEnumerable<IActorRef> Children(IActorRef actor) => actor is ActorRefWithCell cell ? cell.Children : [];
}
