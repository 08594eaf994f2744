using System.Reflection;

namespace Optuna.Worker.Objectives;

/// <summary>An <see cref="IObjective"/> from a compiled assembly, with the assemblies it was published with.</summary>
public static class AssemblyObjective
{
    /// <param name="reference"><c>PATH.dll#Namespace.Type</c>; the type has a public constructor without parameters.</param>
    /// <exception cref="ArgumentException">There is no such file or type, it is no objective, or its constructor failed.</exception>
    public static IObjective Load(string reference)
    {
        var hash = reference.LastIndexOf('#');
        if (hash <= 0 || hash == reference.Length - 1)
            throw new ArgumentException($"'{reference}' is not of the form ASSEMBLY.dll#Namespace.Type.");
        var (path, typeName) = (Path.GetFullPath(reference[..hash]), reference[(hash + 1)..]);
        if (!File.Exists(path))
            throw new ArgumentException($"There is no assembly '{path}'.");
        try
        {
            return Create(TypeOf(new ObjectiveLoadContext(path).LoadFromAssemblyPath(path), path, typeName));
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            throw new ArgumentException($"The constructor of {typeName} failed with {inner.GetType().Name}: {inner.Message}", inner);
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or TypeLoadException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"{typeName} could not be loaded from '{path}': {e.Message}", e);
        }
    }

    private static Type TypeOf(Assembly assembly, string path, string name)
    {
        var type = assembly.GetType(name, throwOnError: false) ?? throw new ArgumentException(
            $"'{path}' has no type '{name}'; {Describe(Objectives(assembly))}");
        if (!typeof(IObjective).IsAssignableFrom(type))
            throw new ArgumentException($"{name} in '{path}' does not implement {typeof(IObjective)}; {Describe(Objectives(assembly))}");
        if (!IsUsable(type))
            throw new ArgumentException($"{name} in '{path}' is abstract or generic: no objective can be made of it.");
        return type.GetConstructor(Type.EmptyTypes) is null
            ? throw new ArgumentException($"{name} in '{path}' has no public constructor without parameters.")
            : type;
    }

    private static IObjective Create(Type type) => (IObjective)Activator.CreateInstance(type)!;

    private static bool IsUsable(Type type) => type is { IsAbstract: false, ContainsGenericParameters: false };

    private static string Describe(List<string> objectives) =>
        objectives.Count == 0 ? "it has no objectives." : $"its objectives are {string.Join(", ", objectives)}.";

    private static List<string> Objectives(Assembly assembly)
    {
        IEnumerable<Type?> types;
        try
        {
            types = assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            // Types whose own dependencies are missing; the others can still be named.
            types = e.Types;
        }

        return
        [
            .. types.OfType<Type>().Where(t => typeof(IObjective).IsAssignableFrom(t) && IsUsable(t))
                .Select(t => t.FullName!).Order(StringComparer.Ordinal),
        ];
    }
}
