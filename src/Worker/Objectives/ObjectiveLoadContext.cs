using System.Reflection;
using System.Runtime.Loader;

namespace Optuna.Worker.Objectives;

/// <summary>Finds an objective's own dependencies beside it, in its own versions; only the engine is the worker's.</summary>
internal sealed class ObjectiveLoadContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
{
    private static readonly string? s_engine = typeof(IObjective).Assembly.GetName().Name;

    private readonly AssemblyDependencyResolver _resolver = new(path);

    // Null hands over to the worker's own assemblies, where IObjective is the one that the worker knows.
    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name != s_engine && _resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : 0;
}
