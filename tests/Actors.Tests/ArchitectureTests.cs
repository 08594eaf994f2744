using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace Optuna.Tests;

/// <summary>Who may know whom, read from the built assemblies; what an assembly needs includes what its references need.</summary>
public sealed class ArchitectureTests
{
    private const string Core = "Optuna.Core";
    private const string Shared = "Optuna.Cluster";
    private const string Coordinator = "optuna-coordinator";
    private const string Dashboard = "Optuna.Dashboard";
    private const string Pbm = "pbm";
    private const string Worker = "optuna-worker";

    [Fact]
    public void The_engine_needs_nothing_but_the_platform() => Assert.DoesNotContain(Needs(Core), n => !IsPlatform(n));

    [Fact]
    public void The_language_of_the_nodes_needs_the_engine_and_no_node()
    {
        // Says nothing before Shared uses the engine, so that is asserted too.
        Assert.Contains(Core, Needs(Shared));
        Assert.DoesNotContain(Needs(Shared), n => n is Coordinator or Worker);
        Assert.DoesNotContain(Needs(Shared), IsServerSide);
    }

    [Fact]
    public void Coordinator_and_worker_do_not_know_each_other()
    {
        Assert.DoesNotContain(Worker, Needs(Coordinator));
        Assert.DoesNotContain(Coordinator, Needs(Worker));
    }

    [Fact]
    public void A_worker_brings_no_web_server_no_database_and_no_cluster() => Assert.DoesNotContain(Needs(Worker), IsServerSide);

    [Fact]
    public void The_looking_glass_knows_no_node_and_no_package() => Assert.DoesNotContain(Needs(Pbm), n => !IsPlatform(n));

    [Fact]
    public void The_dashboard_knows_the_web_server_and_nothing_of_ours() =>
        Assert.DoesNotContain(Needs(Dashboard), n => !IsPlatform(n) && !n.StartsWith("Microsoft.", StringComparison.Ordinal));

    [Fact]
    public void What_a_server_needs_is_recognised() => Assert.Contains(Needs(Coordinator), IsServerSide);

    [Fact]
    public void No_source_file_is_longer_than_400_lines() => Assert.DoesNotContain(
        SourceFiles().Select(f => (Path.GetRelativePath(Root, f), File.ReadLines(f).Count())), f => f.Item2 > 400);

    private static bool IsPlatform(string name) =>
        name is "netstandard" or "mscorlib" or "System" || name.StartsWith("System.", StringComparison.Ordinal);

    private static bool IsServerSide(string name) => new[]
    {
        "Microsoft.AspNetCore", "MySqlConnector", "Microsoft.Data.", "System.Data.SQLite", "SQLitePCLRaw", "linq2db",
        "Akka.Cluster", "Akka.Persistence", "Akka.DistributedData",
    }.Any(p => name.StartsWith(p, StringComparison.Ordinal));

    /// <summary>Names of everything an assembly refers to, directly or through others beside it.</summary>
    private static IReadOnlySet<string> Needs(string assembly)
    {
        var found = new HashSet<string>();
        var open = new Stack<string>([assembly]);
        while (open.TryPop(out var next))
        {
            var file = Path.Combine(AppContext.BaseDirectory, next + ".dll");
            if (!File.Exists(file))
                continue;
            foreach (var name in References(file))
            {
                if (found.Add(name))
                    open.Push(name);
            }
        }

        Assert.NotEmpty(found);
        return found;
    }

    private static List<string> References(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }

    private static string[] SourceFiles()
    {
        var files = Directory.GetFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !Path.GetRelativePath(Root, f).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .ToArray();
        Assert.NotEmpty(files);
        return files;
    }

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Optuna.Actors.sln")))
                folder = folder.Parent;
            return folder?.FullName ?? throw new InvalidOperationException("The tests do not run from within the repository.");
        }
    }
}
