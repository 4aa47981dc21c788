using System.Text.Json;

namespace HarEdge.Trainer.Datasets.EdgeImpulse;

/// <summary>JSON from outside: damaged text is an <see cref="InputException"/>, a missing or other field is null.</summary>
internal static class JsonFile
{
    /// <summary>The root of a file.</summary>
    /// <exception cref="InputException">The text is no JSON.</exception>
    public static JsonElement Parse(byte[] bytes, string fileName)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new InputException(
                $"'{fileName}' line {(e.LineNumber ?? 0) + 1} is not JSON.", "Export or copy the file again; it may be cut short.", 1, e);
        }
    }

    /// <summary>A property of an object; null when the element is no object or has no such property.</summary>
    public static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A property that is text.</summary>
    public static string? Text(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A property that is a list.</summary>
    public static JsonElement? List(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Array } value ? value : null;
}
