using System.Text.Json;
using System.Text.Json.Nodes;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Monitoring;

/// <summary>Every record as one JSON object a line.</summary>
internal sealed class JsonView(TextWriter output) : IMonitorView
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <inheritdoc/>
    public void Show(TelemetryRecord record, DeviceWatch watch, LinkStatistics link)
    {
        const string Suffix = "Record";
        var name = JsonNamingPolicy.CamelCase.ConvertName(record.GetType().Name[..^Suffix.Length]);
        var line = new JsonObject { ["record"] = name };
        var fields = JsonSerializer.SerializeToNode(record, record.GetType(), Options)!.AsObject();
        foreach (var (key, value) in fields.ToList())
        {
            fields.Remove(key);
            line[key] = value;
        }

        output.WriteLine(line.ToJsonString(Options));
    }

    /// <inheritdoc/>
    public void Refresh(DeviceWatch watch, LinkStatistics link, string? trouble) => output.Flush();
}
