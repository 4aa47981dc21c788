using System.Text.Json;
using System.Text.Json.Nodes;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Monitoring;

/// <summary>Every record as one JSON object a line.</summary>
internal sealed class JsonView(TextWriter output, ChipTime chipTime) : IMonitorView
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

        if (record is TimingRecord && chipTime.Estimate(watch, waits: true) is { } estimate)
        {
            line["estimate"] = new JsonObject
            {
                ["chip"] = estimate.Chip,
                ["meanMicros"] = Micros(estimate.Mean.Likely),
                ["lowMicros"] = Micros(estimate.Mean.Low),
                ["highMicros"] = Micros(estimate.Mean.High),
                ["worstMicros"] = Micros(estimate.Worst.High),
            };
        }

        output.WriteLine(line.ToJsonString(Options));
    }

    /// <inheritdoc/>
    public void Refresh(DeviceWatch watch, LinkStatistics link, string? trouble) => output.Flush();

    private static int Micros(double milliseconds) => (int)Math.Round(1000 * milliseconds);
}
