using System.Collections;
using System.Reflection;
using Optuna.Distributions;
using Optuna.Trials;

namespace Optuna.Tests.Serialization;

/// <summary>Compares by content what .NET compares by reference (lists within records, trials), and doubles by their bits.</summary>
internal static class Structure
{
    /// <summary>Where two values differ first, or null.</summary>
    public static string? Difference(object? a, object? b, string path = "")
    {
        if (a is null || b is null)
            return a is null && b is null ? null : Differ(path, a, b);
        if (a.GetType() != b.GetType())
            return Differ(path, a.GetType(), b.GetType());
        return a switch
        {
            double x => BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits((double)b) ? null : Differ(path, a, b),
            DateTime x => x == (DateTime)b && x.Kind == ((DateTime)b).Kind ? null : Differ(path, a, b),
            string or Enum or Guid or DateTimeOffset or TimeSpan => a.Equals(b) ? null : Differ(path, a, b),
            Distribution => a.ToString() == b.ToString() ? null : Differ(path, a, b),
            _ when a.GetType().IsPrimitive => a.Equals(b) ? null : Differ(path, a, b),
            IEnumerable x => Items(x, (IEnumerable)b, path),
            _ => Members(a, b, path),
        };
    }

    private static string? Items(IEnumerable a, IEnumerable b, string path)
    {
        var (left, right) = (List(a), List(b));
        if (left.Count != right.Count)
            return Differ(path + ".Count", left.Count, right.Count);
        return left.Select((item, i) => Difference(item, right[i], $"{path}[{i}]")).FirstOrDefault(d => d is not null);
    }

    // A default ImmutableArray counts as an empty one.
    private static List<object?> List(IEnumerable items) =>
        items.GetType().GetProperty("IsDefault")?.GetValue(items) is true ? [] : [.. items.Cast<object?>()];

    // What the constructor took; of a trial, what can be set.
    private static string? Members(object a, object b, string path)
    {
        var type = a.GetType();
        var names = type == typeof(FrozenTrial)
            ? type.GetProperties().Where(p => p.CanWrite).Select(p => p.Name)
            : type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First().GetParameters().Select(p => p.Name!);
        return names
            .Select(name => type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)!)
            .Select(p => Difference(p.GetValue(a), p.GetValue(b), $"{path}.{p.Name}"))
            .FirstOrDefault(d => d is not null);
    }

    private static string Differ(string path, object? a, object? b) => $"{path}: {a ?? "null"} is not {b ?? "null"}";
}
