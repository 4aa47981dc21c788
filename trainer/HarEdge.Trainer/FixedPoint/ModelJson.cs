using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HarEdge.Trainer.FixedPoint;

/// <summary>How a model is written as JSON: camelCase names in the order of declaration, nothing missing, nothing extra.</summary>
internal static class ModelJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowOutOfOrderMetadataProperties = true,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static JsonObject ToNode(FixedPointModel model) => JsonSerializer.SerializeToNode(model, Options)!.AsObject();

    /// <exception cref="JsonException">With path and line.</exception>
    public static FixedPointModel Parse(string text) =>
        JsonSerializer.Deserialize<FixedPointModel>(text, Options) ?? throw new JsonException("The file holds null.", "$", 0, 0);

    /// <summary>The number in "format", or null where there is none.</summary>
    /// <exception cref="JsonException">Not JSON.</exception>
    public static int? FormatOf(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("format", out var format)
            && format.ValueKind == JsonValueKind.Number
            && format.TryGetInt32(out var number) ? number : null;
    }
}
