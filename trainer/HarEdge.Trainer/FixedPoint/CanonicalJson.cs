using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HarEdge.Trainer.FixedPoint;

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
