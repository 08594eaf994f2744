using System.Text.Json;
using System.Text.Json.Serialization;

namespace Optuna.Visualization;

/// <summary>How points are drawn, or how values become colours.</summary>
public sealed record Marker
{
    public PlotColor? Color { get; init; }

    public double? Size { get; init; }

    public Line? Line { get; init; }

    [JsonPropertyName("colorscale")]
    public IReadOnlyList<ColorStop>? ColorScale { get; init; }

    [JsonPropertyName("colorbar")]
    public ColorBar? ColorBar { get; init; }

    [JsonPropertyName("cmin")]
    public double? ColorMin { get; init; }

    [JsonPropertyName("cmax")]
    public double? ColorMax { get; init; }

    [JsonPropertyName("reversescale")]
    public bool? ReverseScale { get; init; }

    [JsonPropertyName("showscale")]
    public bool? ShowScale { get; init; }

    /// <summary>On a line, at most this many points are marked.</summary>
    [JsonPropertyName("maxdisplayed")]
    public int? MaxDisplayed { get; init; }
}

public sealed record Line
{
    public string? Color { get; init; }

    public double? Width { get; init; }

    public string? Dash { get; init; }

    public double? Smoothing { get; init; }
}

public sealed record ColorBar
{
    public Title? Title { get; init; }

    public double? X { get; init; }

    [JsonPropertyName("xpad")]
    public double? XPad { get; init; }

    public double? Thickness { get; init; }

    [JsonPropertyName("tickvals")]
    public PlotValues? TickVals { get; init; }

    [JsonPropertyName("ticktext")]
    public PlotValues? TickText { get; init; }
}

public sealed record ErrorBars(PlotValues Array, string Type = "data", bool Visible = true);

public sealed record Contours(string Coloring);

/// <summary>A colour at a place of a scale, 0 to 1.</summary>
[JsonConverter(typeof(ColorStopConverter))]
public readonly record struct ColorStop(double At, string Color);

internal sealed class ColorStopConverter : JsonConverter<ColorStop>
{
    public override ColorStop Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Figures are written, not read.");

    public override void Write(Utf8JsonWriter writer, ColorStop value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.At);
        writer.WriteStringValue(value.Color);
        writer.WriteEndArray();
    }
}
