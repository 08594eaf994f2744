using System.Numerics;
using Optuna.Json;

namespace Optuna.Studies;

/// <summary>The options of a <see cref="ComponentSpec"/>, read one by one; what nobody read is an error.</summary>
internal sealed class ComponentOptions
{
    private readonly string _owner;
    private readonly Dictionary<string, object?> _left;

    /// <exception cref="ArgumentException">The options are not a JSON object.</exception>
    public ComponentOptions(ComponentSpec spec)
    {
        _owner = spec.Name;
        try
        {
            _left = PythonJson.Read(spec.Options) as Dictionary<string, object?>
                ?? throw new ArgumentException($"The options of '{_owner}' must be a JSON object; they are {spec.Options}.");
        }
        catch (FormatException e)
        {
            throw new ArgumentException($"The options of '{_owner}' are not JSON: {e.Message}");
        }
    }

    public int Int(string name, int fallback) => OptionalInt(name) ?? fallback;

    public int? OptionalInt(string name) => Take(name) switch
    {
        null => null,
        long l and >= int.MinValue and <= int.MaxValue => (int)l,
        var other => throw Wrong(name, "a whole number", other),
    };

    /// <exception cref="ArgumentException">It was not given.</exception>
    public int RequiredInt(string name) =>
        _left.GetValueOrDefault(name) is null ? throw new ArgumentException($"'{_owner}' needs the option '{name}'.") : Int(name, 0);

    /// <summary>A whole number, or <c>"auto"</c>, which is null, as is nothing at all.</summary>
    public int? IntOrAuto(string name) => Take(name) switch
    {
        null or "auto" => null,
        long l and >= int.MinValue and <= int.MaxValue => (int)l,
        var other => throw Wrong(name, "a whole number or \"auto\"", other),
    };

    public double Number(string name, double fallback) => OptionalNumber(name) ?? fallback;

    public double? OptionalNumber(string name) => Take(name) switch
    {
        null => null,
        long l => l,
        double d => d,
        var other => throw Wrong(name, "a number", other),
    };

    /// <summary>The option if it is a number; anything else is left for another reading of it.</summary>
    public double? NumberOrNothing(string name) => _left.GetValueOrDefault(name) is long or double ? OptionalNumber(name) : null;

    /// <summary>A seed of 64 bits; null when it was not given.</summary>
    public ulong? Seed(string name) => Take(name) switch
    {
        null => null,
        long and >= 0 and var l => (ulong)l,
        BigInteger b when b >= 0 && b <= ulong.MaxValue => (ulong)b,
        var other => throw Wrong(name, "a whole number from 0 to 2^64 - 1", other),
    };

    public bool Flag(string name, bool fallback) => OptionalFlag(name) ?? fallback;

    public bool? OptionalFlag(string name) => Take(name) switch
    {
        null => null,
        bool b => b,
        var other => throw Wrong(name, "true or false", other),
    };

    /// <summary>Another sampler or pruner by name: <c>"median"</c>, or <c>{"name": "percentile", "options": {"percentile": 10}}</c>.</summary>
    public ComponentSpec? Component(string name) => Take(name) switch
    {
        null => null,
        string s => new ComponentSpec(s),
        Dictionary<string, object?> d when d.GetValueOrDefault("name") is string s && d.Keys.All(k => k is "name" or "options")
            && d.GetValueOrDefault("options") is null or Dictionary<string, object?> =>
            new ComponentSpec((string)d["name"]!, d.GetValueOrDefault("options") is { } options ? PythonJson.Write(options) : "{}"),
        var other => throw Wrong(name, "a name, or an object with 'name' and 'options'", other),
    };

    /// <summary>A JSON object; null when it was not given.</summary>
    public IReadOnlyDictionary<string, object?>? Object(string name) => Take(name) switch
    {
        null => null,
        Dictionary<string, object?> d => d,
        var other => throw Wrong(name, "an object", other),
    };

    /// <summary>A JSON array; null when it was not given.</summary>
    public IReadOnlyList<object?>? List(string name) => Take(name) switch
    {
        null => null,
        List<object?> l => l,
        var other => throw Wrong(name, "a list", other),
    };

    public string? Text(string name) => Take(name) switch
    {
        null => null,
        string s => s,
        var other => throw Wrong(name, "a text", other),
    };

    /// <exception cref="ArgumentException">An option nobody asked for.</exception>
    public void Done()
    {
        if (_left.Count > 0)
            throw new ArgumentException($"'{_owner}' has no option '{_left.Keys.First()}'.");
    }

    private object? Take(string name) => _left.Remove(name, out var value) ? value : null;

    private ArgumentException Wrong(string name, string expected, object? value) =>
        new($"Option '{name}' of '{_owner}' must be {expected}; it is {PythonJson.Write(value)}.");
}
