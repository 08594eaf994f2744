using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Optuna.Visualization;

/// <summary>Everything of a figure but its traces.</summary>
public sealed record Layout
{
    public Title? Title { get; init; }

    [JsonPropertyName("showlegend")]
    public bool? ShowLegend { get; init; }

    [JsonPropertyName("hovermode")]
    public string? HoverMode { get; init; }

    [JsonPropertyName("barmode")]
    public string? BarMode { get; init; }

    /// <summary>Pixels.</summary>
    public double? Width { get; init; }

    /// <summary>Pixels.</summary>
    public double? Height { get; init; }

    public Legend? Legend { get; init; }

    public Scene? Scene { get; init; }

    public IReadOnlyList<Annotation>? Annotations { get; init; }

    public IReadOnlyList<Shape>? Shapes { get; init; }

    /// <summary>The axes by Plotly's keys: <c>xaxis</c>, <c>yaxis</c>, <c>xaxis2</c>, …; each an <see cref="Axis"/>.</summary>
    [JsonExtensionData]
    public Dictionary<string, object> Axes { get; } = [];

    /// <param name="number">From 1.</param>
    internal static string Key(char letter, int number) => number == 1 ? $"{letter}axis" : $"{letter}axis{number}";

    /// <summary>What traces and other axes call an axis.</summary>
    internal static string Id(char letter, int number) => number == 1 ? $"{letter}" : $"{letter}{number}";

    internal static Layout Of(string title, Axis? x = null, Axis? y = null)
    {
        var layout = new Layout { Title = title };
        if (x is not null)
            layout.Axes["xaxis"] = x;
        if (y is not null)
            layout.Axes["yaxis"] = y;
        return layout;
    }
}

public sealed record Title(string Text)
{
    public double? Y { get; init; }

    [JsonPropertyName("yanchor")]
    public string? YAnchor { get; init; }

    [JsonPropertyName("yref")]
    public string? YRef { get; init; }

    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator Title?(string? text) => text is null ? null : new(text);
}

public sealed record Legend(string Orientation, double X, double Y)
{
    [JsonPropertyName("xanchor")]
    public string? XAnchor { get; init; }

    [JsonPropertyName("yanchor")]
    public string? YAnchor { get; init; }
}

/// <summary>The axes of points in space.</summary>
public sealed record Scene
{
    [JsonPropertyName("xaxis")]
    public Axis? XAxis { get; init; }

    [JsonPropertyName("yaxis")]
    public Axis? YAxis { get; init; }

    [JsonPropertyName("zaxis")]
    public Axis? ZAxis { get; init; }
}

/// <summary>A line between two places, in the axes' values.</summary>
public sealed record Shape(double X0, double X1, double Y0, double Y1, Line Line)
{
    public string Type => "line";

    public string Layer => "below";
}

/// <summary>A text beside the marks.</summary>
public sealed record Annotation(string Text, double X, double Y)
{
    [JsonPropertyName("showarrow")]
    public bool ShowArrow => false;

    [JsonPropertyName("xref")]
    public string? XRef { get; init; }

    [JsonPropertyName("yref")]
    public string? YRef { get; init; }

    [JsonPropertyName("xanchor")]
    public string? XAnchor { get; init; }

    [JsonPropertyName("yanchor")]
    public string? YAnchor { get; init; }

    [JsonPropertyName("xshift")]
    public double? XShift { get; init; }

    [JsonPropertyName("yshift")]
    public double? YShift { get; init; }

    public Font? Font { get; init; }
}

public sealed record Font(double Size, string? Color = null);
