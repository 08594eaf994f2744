using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Optuna.Visualization;

/// <summary>One CSS colour, or one per point: a CSS colour each, or a number that the colour scale maps.</summary>
[JsonConverter(typeof(PlotColorConverter))]
public sealed class PlotColor
{
    private PlotColor(string? one, PlotValues? each) => (One, Each) = (one, each);

    public string? One { get; }

    public PlotValues? Each { get; }

    [return: NotNullIfNotNull(nameof(one))]
    public static implicit operator PlotColor?(string? one) => one is null ? null : new(one, null);

    public static implicit operator PlotColor(PlotValues each) => new(null, each);
}

internal sealed class PlotColorConverter : JsonConverter<PlotColor>
{
    public override PlotColor Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Figures are written, not read.");

    public override void Write(Utf8JsonWriter writer, PlotColor value, JsonSerializerOptions options)
    {
        if (value.Each is { } each)
            each.Write(writer);
        else
            writer.WriteStringValue(value.One);
    }
}
