using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HarEdge.Trainer.FixedPoint;

/// <summary>Reads and writes model.json. What was read has been validated; what is written has been too.</summary>
public static class ModelFile
{
    /// <summary>Reads, validates and checks the id.</summary>
    /// <exception cref="InputException">Missing, not a model, invalid, or edited by hand.</exception>
    public static FixedPointModel Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be read: {FileFault.Words(e)}.", "Give the path of a model.json, for example that of a run folder.", inner: e);
        }

        return Parse(text, path);
    }

    /// <summary>The same from text.</summary>
    /// <param name="text">JSON.</param>
    /// <param name="source">What messages call it.</param>
    public static FixedPointModel Parse(string text, string source)
    {
        var model = Deserialize(text, source);
        ModelValidator.Validate(model, source);
        var id = ModelId.Of(model);
        if (model.Id != id)
        {
            throw new InputException(
                $"{source}: $.id is \"{model.Id}\", but the content has the id \"{id}\": the file was edited.",
                $"Restore the file; if the edit was meant, set \"id\" to \"{id}\".");
        }

        return model;
    }

    /// <summary>Validates, sets the id and writes, whole or not at all.</summary>
    /// <returns>The model with its id.</returns>
    public static FixedPointModel Write(FixedPointModel model, string path)
    {
        ModelValidator.Validate(model);
        var stamped = ModelId.Stamp(model);
        WholeFiles.Write(Path.GetDirectoryName(Path.GetFullPath(path))!, new Dictionary<string, string> { [Path.GetFileName(path)] = Format(stamped) });
        return stamped;
    }

    /// <summary>The model as the text of model.json.</summary>
    public static string Format(FixedPointModel model) => CanonicalJson.Format(ModelJson.ToNode(model));

    private static FixedPointModel Deserialize(string text, string source)
    {
        try
        {
            if (ModelJson.FormatOf(text) is { } format && format != FixedPointModel.CurrentFormat)
            {
                throw new InputException(
                    $"{source}: $.format is {format}; this version reads format {FixedPointModel.CurrentFormat}.",
                    "Train the model again with this version, or use the version that wrote it.");
            }

            return ModelJson.Parse(text);
        }
        catch (JsonException e)
        {
            var line = e.LineNumber is { } zeroBased ? $" line {zeroBased + 1}," : "";
            throw new InputException(
                $"{source}:{line} {e.Path ?? "$"} cannot be read as a model: {JsonFault.Words(e)}.",
                "Restore the file from where it was made, or train the model again.",
                inner: e);
        }
    }
}

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
