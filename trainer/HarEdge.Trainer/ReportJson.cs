using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace HarEdge.Trainer;

/// <summary>JSON of reports: indented, camel case, line feeds, the same text on every machine.</summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
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

    /// <summary>The value as text ending in a line feed.</summary>
    public static string Format<T>(T value) => JsonSerializer.Serialize(value, Options) + "\n";
}
