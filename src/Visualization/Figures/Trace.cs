using System.Text.Json.Serialization;

namespace Optuna.Visualization;

/// <summary>One set of marks of a figure.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Scatter), "scatter")]
[JsonDerivedType(typeof(Scatter3d), "scatter3d")]
[JsonDerivedType(typeof(Bar), "bar")]
[JsonDerivedType(typeof(Contour), "contour")]
[JsonDerivedType(typeof(Parcoords), "parcoords")]
public abstract record Trace
{
    /// <summary>In the legend; HTML-like marks in it are drawn by plotly.js, so names of users are escaped.</summary>
    public string? Name { get; init; }

    [JsonPropertyName("showlegend")]
    public bool? ShowLegend { get; init; }

    [JsonPropertyName("hoverinfo")]
    public string? HoverInfo { get; init; }

    [JsonPropertyName("hovertemplate")]
    public string? HoverTemplate { get; init; }

    /// <summary>Which horizontal axis, "x", "x2", …; null for the first.</summary>
    [JsonPropertyName("xaxis")]
    public string? XAxis { get; init; }

    [JsonPropertyName("yaxis")]
    public string? YAxis { get; init; }
}

/// <summary>Points and lines.</summary>
public record Scatter : Trace
{
    public PlotValues? X { get; init; }

    public PlotValues? Y { get; init; }

    /// <summary><c>markers</c>, <c>lines</c>, both joined by +, or <c>none</c>.</summary>
    public string? Mode { get; init; }

    public PlotValues? Text { get; init; }

    [JsonPropertyName("hovertext")]
    public PlotValues? HoverText { get; init; }

    /// <summary>By point, what a page that shows the figure needs of it: the trial's number, where the point is a trial.</summary>
    [JsonPropertyName("customdata")]
    public IReadOnlyList<PlotValues>? CustomData { get; init; }

    public Marker? Marker { get; init; }

    public Line? Line { get; init; }

    [JsonPropertyName("error_y")]
    public ErrorBars? ErrorY { get; init; }

    public string? Fill { get; init; }

    [JsonPropertyName("fillcolor")]
    public string? FillColor { get; init; }

    public double? Opacity { get; init; }

    [JsonPropertyName("legendgroup")]
    public string? LegendGroup { get; init; }
}

/// <summary>Points in space.</summary>
public sealed record Scatter3d : Scatter
{
    public PlotValues? Z { get; init; }
}

/// <summary>Bars, lying ones where the orientation is <c>h</c>.</summary>
public sealed record Bar : Trace
{
    public PlotValues? X { get; init; }

    public PlotValues? Y { get; init; }

    /// <summary>Where each bar starts.</summary>
    public PlotValues? Base { get; init; }

    public string? Orientation { get; init; }

    public PlotValues? Text { get; init; }

    [JsonPropertyName("hovertext")]
    public PlotValues? HoverText { get; init; }

    [JsonPropertyName("textposition")]
    public string? TextPosition { get; init; }

    [JsonPropertyName("cliponaxis")]
    public bool? ClipOnAxis { get; init; }

    public Marker? Marker { get; init; }
}

/// <summary>Heights over a grid.</summary>
public sealed record Contour : Trace
{
    public PlotValues? X { get; init; }

    public PlotValues? Y { get; init; }

    /// <summary>By y, then by x; NaN where nothing is known.</summary>
    public IReadOnlyList<PlotValues>? Z { get; init; }

    [JsonPropertyName("colorbar")]
    public ColorBar? ColorBar { get; init; }

    [JsonPropertyName("colorscale")]
    public IReadOnlyList<ColorStop>? ColorScale { get; init; }

    [JsonPropertyName("connectgaps")]
    public bool? ConnectGaps { get; init; }

    public Contours? Contours { get; init; }

    public Line? Line { get; init; }

    [JsonPropertyName("reversescale")]
    public bool? ReverseScale { get; init; }

    [JsonPropertyName("showscale")]
    public bool? ShowScale { get; init; }
}

/// <summary>Parallel coordinates, with axes that can be brushed.</summary>
public sealed record Parcoords : Trace
{
    public required IReadOnlyList<ParcoordsDimension> Dimensions { get; init; }

    public Marker? Line { get; init; }

    /// <summary>By line, the trial's number.</summary>
    [JsonPropertyName("customdata")]
    public PlotValues? CustomData { get; init; }
}

public sealed record ParcoordsDimension
{
    public required string Label { get; init; }

    public required PlotValues Values { get; init; }

    public PlotValues? Range { get; init; }

    [JsonPropertyName("tickvals")]
    public PlotValues? TickVals { get; init; }

    [JsonPropertyName("ticktext")]
    public PlotValues? TickText { get; init; }
}
