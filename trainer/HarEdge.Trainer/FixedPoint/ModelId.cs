using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.Json;
using System.Text;

namespace HarEdge.Trainer.FixedPoint;

/// <summary>
/// Content hash of a model: first 12 hex digits of the SHA-256 of its JSON without id and manifest, on one line without spaces.
/// Two models with the same id give the same answer to every window.
/// </summary>
internal static class ModelId
{
    private const int Digits = 12;

    /// <summary>The id the model's content has.</summary>
    public static string Of(FixedPointModel model)
    {
        var node = ModelJson.ToNode(model);
        node.Remove("id");
        node.Remove("manifest");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.FormatCompact(node))))[..Digits];
    }

    /// <summary>The model with its id set.</summary>
    public static FixedPointModel Stamp(FixedPointModel model) => model with { Id = Of(model) };
}

/// <summary>
/// Lays JSON out in one fixed way: two spaces of indentation, LF, and on one line whatever fits; so that the same content has
/// the same bytes and a change of one weight shows as a change of one line.
/// </summary>
internal static class CanonicalJson
{
    private const int MostColumns = 110;
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The node as text, ending in a line feed.</summary>
    public static string Format(JsonNode node)
    {
        var text = new StringBuilder();
        Append(text, node, indent: 0);
        return text.Append('\n').ToString();
    }

    /// <summary>The node on one line without spaces.</summary>
    public static string FormatCompact(JsonNode node) => node.ToJsonString(Compact);

    private static void Append(StringBuilder text, JsonNode? node, int indent)
    {
        var oneLine = node is null ? "null" : FormatCompact(node);
        if (node is not (JsonObject or JsonArray) || oneLine.Length + indent <= MostColumns && indent > 0)
        {
            text.Append(oneLine);
            return;
        }

        var isObject = node is JsonObject;
        var children = node is JsonObject members
            ? members.Select(member => (Key: (string?)member.Key, member.Value))
            : node.AsArray().Select(item => (Key: (string?)null, Value: item));
        text.Append(isObject ? '{' : '[');
        var separator = "\n";
        foreach (var (key, value) in children)
        {
            text.Append(separator).Append(' ', indent + 2);
            separator = ",\n";
            if (key is not null)
            {
                text.Append(JsonSerializer.Serialize(key, Compact)).Append(": ");
            }

            Append(text, value, indent + 2);
        }

        text.Append('\n').Append(' ', indent).Append(isObject ? '}' : ']');
    }
}
