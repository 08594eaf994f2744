using Optuna.Json;

namespace Optuna.Distributions;

/// <summary>Typed access to the names of one JSON object; every refusal names the owner and the attribute.</summary>
internal sealed class DistributionFields(string owner, Dictionary<string, object?> values)
{
    public DistributionFields AllowOnly(params ReadOnlySpan<string> names)
    {
        foreach (var name in values.Keys)
        {
            if (!names.Contains(name))
                throw new ArgumentException($"Unknown attribute '{name}' of {owner}.");
        }

        return this;
    }

    public string Text(string name) => Required(name) as string ?? throw Wrong(name, "text");

    public Dictionary<string, object?> Object(string name) => Required(name) as Dictionary<string, object?> ?? throw Wrong(name, "a JSON object");

    /// <summary>A nested choice has no .NET type of its own and keeps its JSON.</summary>
    public IEnumerable<object?> Choices() => Required("choices") is List<object?> list
        ? list.Select(c => c is List<object?> or Dictionary<string, object?> ? JsonText.From(c) : c)
        : throw Wrong("choices", "a list");

    public double Real(string name) => JsonConversion.Real(Required(name)) ?? throw Wrong(name, "a number");

    public double? OptionalReal(string name) => values.GetValueOrDefault(name) is null ? null : Real(name);

    /// <summary>Also accepted as <c>3.0</c>, which clients write that keep all numbers as floats.</summary>
    public long Whole(string name) => JsonConversion.Whole(Required(name)) is not { } whole ? throw Wrong(name, "a whole number")
        : whole >= long.MinValue && whole <= long.MaxValue ? (long)whole
        : throw Wrong(name, "a whole number of 64 bits");

    public long? OptionalWhole(string name) => values.GetValueOrDefault(name) is null ? null : Whole(name);

    public bool Flag(string name) => values.ContainsKey(name) && (values[name] as bool? ?? throw Wrong(name, "true or false"));

    private object? Required(string name) => values.TryGetValue(name, out var value)
        ? value
        : throw new ArgumentException($"Attribute '{name}' of {owner} is missing.");

    private ArgumentException Wrong(string name, string expected) =>
        new($"Attribute '{name}' of {owner} must be {expected}, not {PythonJson.Write(values[name])}.");
}
