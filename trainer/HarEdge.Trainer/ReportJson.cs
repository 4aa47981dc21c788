using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace HarEdge.Trainer;

/// <summary>JSON of reports: camel case, line feeds, a matrix row a line, the same text on every machine.</summary>
internal static class ReportJson
{
    private const int Indent = 2;
    private const int LineLength = 140;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    // Files of an earlier version lack what was added since; who reads them asks for nothing newer.
    private static readonly JsonSerializerOptions Reading = new(Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireNothing } },
    };

    private static void RequireNothing(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            property.IsRequired = false;
        }
    }

    /// <summary>The value that <see cref="Format"/> wrote; members it does not know are skipped, those that are missing become null or 0.</summary>
    /// <exception cref="JsonException">Not JSON, or of another form.</exception>
    public static T Parse<T>(string text) => JsonSerializer.Deserialize<T>(text, Reading) ?? throw new JsonException("The file holds null.");

    /// <summary>The value as text ending in a line feed; lists and objects of plain values stand on one line while they fit.</summary>
    public static string Format<T>(T value)
    {
        var text = new StringBuilder();
        Append(text, JsonSerializer.SerializeToElement(value, Options), indent: 0, room: LineLength);
        return text.Append('\n').ToString();
    }

    // Room is what the line still holds behind the member's name.
    private static void Append(StringBuilder text, JsonElement element, int indent, int room)
    {
        var isObject = element.ValueKind == JsonValueKind.Object;
        if (!isObject && element.ValueKind != JsonValueKind.Array)
        {
            text.Append(element.GetRawText());
            return;
        }

        List<(string Name, JsonElement Value)> members = isObject
            ? [.. element.EnumerateObject().Select(member => (JsonSerializer.Serialize(member.Name, Options) + ": ", member.Value))]
            : [.. element.EnumerateArray().Select(value => ("", value))];
        var (open, close) = isObject ? ("{", "}") : ("[", "]");
        if (OnOneLine(members) is { } line && line.Length + 2 <= room)
        {
            text.Append(open).Append(line).Append(close);
            return;
        }

        text.Append(open);
        var separator = "";
        foreach (var (name, value) in members)
        {
            text.Append(separator).Append('\n').Append(' ', indent + Indent).Append(name);
            Append(text, value, indent + Indent, LineLength - indent - Indent - name.Length);
            separator = ",";
        }

        text.Append('\n').Append(' ', indent).Append(close);
    }

    // Null when a member holds members of its own.
    private static string? OnOneLine(List<(string Name, JsonElement Value)> members) =>
        members.Exists(member => member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            ? null
            : string.Join(", ", members.Select(member => member.Name + member.Value.GetRawText()));
}

/// <summary>What is wrong with a file of JSON, in words for people: the framework's name types of this program and repeat path and position.</summary>
internal static class JsonFault
{
    /// <summary>One clause, without a full stop.</summary>
    public static string Words(Exception fault) => fault switch
    {
        JsonException json => Words(FirstSentence(json.Message)),
        NullReferenceException or ArgumentException => "something that belongs there is missing",
        FormatException or OverflowException or EndOfStreamException or InvalidDataException => "its content is cut short or damaged",
        _ => fault.Message.TrimEnd('.'),
    };

    private static string Words(string message)
    {
        var quoted = message.Split('\'');
        return message switch
        {
            _ when message.Contains("could not be mapped", StringComparison.Ordinal) => $"'{quoted[1]}' does not belong there",
            _ when message.Contains("missing required properties", StringComparison.Ordinal) => $"it lacks {message[(message.LastIndexOf(": ", StringComparison.Ordinal) + 2)..]}",
            _ when message.Contains("null values", StringComparison.Ordinal) => $"'{quoted[1]}' must not be null",
            _ when message.Contains("discriminator id", StringComparison.Ordinal) => $"'{quoted[1]}' is no kind of part it can have",
            _ when message.Contains("discriminator", StringComparison.Ordinal) => "a part does not say of what kind it is",
            _ when message.Contains("any JSON tokens", StringComparison.Ordinal) => "it is empty",
            _ when message.Contains("Expected depth to be zero", StringComparison.Ordinal) || message.Contains("reached end of data", StringComparison.Ordinal) => "it ends in the middle",
            _ when message.Contains("HarEdge.", StringComparison.Ordinal) || message.Contains("System.", StringComparison.Ordinal) => "what stands there is of another kind than it must be",
            _ when message.Contains("invalid start", StringComparison.Ordinal) || message.Contains("invalid JSON literal", StringComparison.Ordinal) => "it is not JSON from there on",
            _ => message,
        };
    }

    // The framework appends path and position.
    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        end = end < 0 ? message.IndexOf(" LineNumber: ", StringComparison.Ordinal) : end;
        return (end < 0 ? message : message[..end]).TrimEnd('.', ' ');
    }
}
