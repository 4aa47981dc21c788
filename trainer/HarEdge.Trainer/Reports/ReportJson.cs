using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HarEdge.Trainer.Reports;

/// <summary>JSON of reports: indented, camel case, line feeds, the same text on every machine.</summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The value as text ending in a line feed.</summary>
    public static string Format<T>(T value) => JsonSerializer.Serialize(value, Options) + "\n";
}
