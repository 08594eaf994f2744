using System.Text.Json;
using System.Text.Json.Serialization;

namespace Optuna.Pbm.Wire;

/// <summary>A client's first word.</summary>
/// <param name="Version">Of the conversation: <see cref="PbmProtocol.Version"/>.</param>
/// <param name="Token">Where the node asks for one.</param>
internal sealed record Hello(int Version, string? Token = null);

/// <summary>The node's answer: what can be asked here. Clients know no commands of their own.</summary>
/// <param name="Node">The node's address, for people.</param>
internal sealed record Welcome(int Version, string Node, IReadOnlyList<WelcomePalette> Palettes);

internal sealed record WelcomePalette(string Name, IReadOnlyList<WelcomeCommand> Commands);

/// <param name="Switches">As they are typed, such as <c>--depth</c>.</param>
internal sealed record WelcomeCommand(string Name, IReadOnlyList<string> Switches);

/// <summary>A command: palette, name, arguments.</summary>
/// <param name="Json">Rows are JSON objects, one on each line, instead of text.</param>
internal sealed record Run(IReadOnlyList<string> Words, bool Json = false);

internal static class PbmProtocol
{
    public const int Version = 1;

    public const int DefaultPort = 9110;

    /// <summary>Longest frame of a client, after its length, in bytes.</summary>
    public const int MaxRequest = 64 << 10;

    /// <summary>Longest frame of a host.</summary>
    public const int MaxReply = 1 << 20;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 8,
    };

    public static byte[] Write<T>(T message) => JsonSerializer.SerializeToUtf8Bytes(message, s_json);

    /// <exception cref="PbmWireException">Not a message of this type.</exception>
    public static T Read<T>(Frame frame)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(frame.Body.Span, s_json) ?? throw new PbmWireException($"The frame {frame.Kind} says null.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new PbmWireException($"The frame {frame.Kind} cannot be read: {e.Message}", e);
        }
    }
}
