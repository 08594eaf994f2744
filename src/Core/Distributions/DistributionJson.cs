using Optuna.Json;

namespace Optuna.Distributions;

/// <summary>Optuna's JSON form of a distribution, as its stores, journals and wire carry it.</summary>
/// <remarks>
/// Read are also the short form <c>{"type": "float" | "int" | "categorical", …}</c> and the five classes of Optuna 2,
/// which become the class that replaced them. Stricter than Optuna: a name it would overlook is refused.
/// </remarks>
public static class DistributionJson
{
    /// <summary>Byte for byte what Optuna writes: <c>{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 1, "high": 10}}</c>.</summary>
    public static string Write(Distribution distribution)
    {
        switch (distribution)
        {
            case FloatDistribution f:
                var step = f.Step is { } s ? PythonJson.FormatDouble(s) : "null";
                return $$"""{"name": "FloatDistribution", "attributes": {"step": {{step}}, "low": {{PythonJson.FormatDouble(f.Low)}}, "high": {{PythonJson.FormatDouble(f.High)}}, "log": {{Bool(f.Log)}}""" + "}}";
            case IntDistribution i:
                return $$"""{"name": "IntDistribution", "attributes": {"log": {{Bool(i.Log)}}, "step": {{i.Step}}, "low": {{i.Low}}, "high": {{i.High}}""" + "}}";
            case CategoricalDistribution c:
                return $$"""{"name": "CategoricalDistribution", "attributes": {"choices": {{PythonJson.Write(c.Choices)}}""" + "}}";
            default:
                throw new ArgumentNullException(nameof(distribution));
        }
    }

    /// <exception cref="ArgumentException">Not JSON, an unknown name, type or attribute, one missing or of the wrong type, or a rule of the distribution broken; the message names it.</exception>
    public static Distribution Read(string text)
    {
        try
        {
            return FromValue(PythonJson.Read(text, uniqueNames: true));
        }
        catch (FormatException e)
        {
            throw new ArgumentException($"A distribution's text is malformed. {e.Message}", e);
        }
    }

    /// <summary>As <see cref="Read"/>; <see cref="TextOf"/> gives the text back byte for byte.</summary>
    public static Distribution ReadExact(string text)
    {
        var distribution = Read(text);
        if (Write(distribution) != text)
            distribution.SourceText = text;
        return distribution;
    }

    /// <summary>The text the distribution came with (<see cref="ReadExact"/>), else Optuna's.</summary>
    public static string TextOf(Distribution distribution) => distribution.SourceText ?? Write(distribution);

    /// <summary>Equal, and of the same text.</summary>
    internal static bool AreExactlyEqual(Distribution a, Distribution b) => ReferenceEquals(a, b)
        || (a.Equals(b) && (a is CategoricalDistribution || a.SourceText is not null || b.SourceText is not null ? TextOf(a) == TextOf(b) : true));

    /// <summary>As <see cref="Read"/>, of parsed JSON.</summary>
    internal static Distribution FromValue(object? value)
    {
        if (value is not Dictionary<string, object?> map)
            throw new ArgumentException("A distribution must be a JSON object.");
        var fields = new DistributionFields("a distribution", map);
        if (!map.ContainsKey("name"))
            return FromShortForm(fields.Text("type"), map);
        fields.AllowOnly("name", "attributes");
        return FromClass(fields.Text("name"), fields.Object("attributes"));
    }

    private static Distribution FromClass(string name, Dictionary<string, object?> attributes)
    {
        var fields = new DistributionFields(name, attributes);
        return name switch
        {
            "FloatDistribution" => Float(fields.AllowOnly("low", "high", "log", "step")),
            "UniformDistribution" => Float(fields.AllowOnly("low", "high")),
            "LogUniformDistribution" => Float(fields.AllowOnly("low", "high"), log: true),
            "DiscreteUniformDistribution" => Float(fields.AllowOnly("low", "high", "q"), fields.Real("q")),
            "IntDistribution" => Int(fields.AllowOnly("low", "high", "log", "step")),
            "IntUniformDistribution" => Int(fields.AllowOnly("low", "high", "step")),
            "IntLogUniformDistribution" => Int(fields.AllowOnly("low", "high", "step"), log: true),
            "CategoricalDistribution" => new CategoricalDistribution(fields.AllowOnly("choices").Choices()),
            _ => throw new ArgumentException($"Unknown distribution class '{name}'."),
        };
    }

    private static Distribution FromShortForm(string type, Dictionary<string, object?> map)
    {
        var fields = new DistributionFields($"a distribution of type '{type}'", map);
        return type switch
        {
            "float" => Float(fields.AllowOnly("type", "low", "high", "log", "step")),
            "int" => Int(fields.AllowOnly("type", "low", "high", "log", "step")),
            "categorical" => new CategoricalDistribution(fields.AllowOnly("type", "choices").Choices()),
            _ => throw new ArgumentException($"Unknown distribution type '{type}'; use float, int or categorical."),
        };
    }

    private static FloatDistribution Float(DistributionFields fields, double? step = null, bool log = false) =>
        new(fields.Real("low"), fields.Real("high"), log || fields.Flag("log"), step ?? fields.OptionalReal("step"));

    private static IntDistribution Int(DistributionFields fields, bool log = false) =>
        new(fields.Whole("low"), fields.Whole("high"), log || fields.Flag("log"), fields.OptionalWhole("step") ?? 1);

    private static string Bool(bool value) => value ? "true" : "false";
}
