using System.Text.Json.Serialization;

namespace Optuna.Visualization;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Figure))]
[JsonSerializable(typeof(Axis))]
internal sealed partial class FigureJsonContext : JsonSerializerContext;
