using System.Text.Json.Serialization;

namespace Optuna.Visualization;

public sealed record Axis
{
    public Title? Title { get; init; }

    /// <summary><c>log</c>, <c>category</c> or <c>date</c>; null for numbers.</summary>
    public string? Type { get; init; }

    /// <summary>First and last value shown; exponents of ten where the type is <c>log</c>.</summary>
    public PlotValues? Range { get; init; }

    /// <summary>From 0 to 1, what part of the figure the axis has.</summary>
    public PlotValues? Domain { get; init; }

    public string? Anchor { get; init; }

    /// <summary>The axis this one is zoomed and moved with.</summary>
    public string? Matches { get; init; }

    [JsonPropertyName("showticklabels")]
    public bool? ShowTickLabels { get; init; }

    [JsonPropertyName("categoryorder")]
    public string? CategoryOrder { get; init; }

    [JsonPropertyName("categoryarray")]
    public PlotValues? CategoryArray { get; init; }

    [JsonPropertyName("tickmode")]
    public string? TickMode { get; init; }

    [JsonPropertyName("tickvals")]
    public PlotValues? TickVals { get; init; }

    [JsonPropertyName("ticktext")]
    public PlotValues? TickText { get; init; }

    [JsonPropertyName("showgrid")]
    public bool? ShowGrid { get; init; }

    [JsonPropertyName("zeroline")]
    public bool? ZeroLine { get; init; }

    [JsonPropertyName("fixedrange")]
    public bool? FixedRange { get; init; }

    public bool? Visible { get; init; }
}
