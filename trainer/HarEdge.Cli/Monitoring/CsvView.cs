using System.Globalization;
using HarEdge.Core;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Monitoring;

/// <summary>Decisions as CSV, for spreadsheets.</summary>
internal sealed class CsvView : IMonitorView
{
    private readonly TextWriter output;

    /// <param name="output">Receives the header at once.</param>
    public CsvView(TextWriter output)
    {
        this.output = output;
        output.WriteLine("second,sample,decision,window,confidencePercent,marginQ8,stage,featureCrc,scoreCrc");
    }

    /// <inheritdoc/>
    public void Show(TelemetryRecord record, DeviceWatch watch, LinkStatistics link)
    {
        if (record is DecisionRecord d)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(double)d.Sample / watch.RateHz:0.00},{d.Sample},{Quoted(d.Name)},{Quoted(watch.ClassName(d.WindowClass))},{d.ConfidencePercent},{d.MarginQ8},{d.Stage},{d.FeatureCrc:X4},{d.ScoreCrc:X4}"));
        }
    }

    /// <inheritdoc/>
    public void Refresh(DeviceWatch watch, LinkStatistics link, string? trouble) => output.Flush();

    // Names have no commas by the grammar; quotes they may have.
    private static string Quoted(string name) => name.Contains('"', StringComparison.Ordinal) ? "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : name;
}

/// <summary>
/// Numbers for plotters: Teleplot's lines (<c>&gt;name:milliseconds:value</c>) or the Arduino plotter's (<c>name:value,name:value</c>).
/// Decisions always, raw signals in recording mode.
/// </summary>
internal sealed class PlotView(TextWriter output, bool isTeleplot) : IMonitorView
{
    private static readonly string[] Channels = ["ax", "ay", "az", "gx", "gy", "gz"];

    /// <inheritdoc/>
    public void Show(TelemetryRecord record, DeviceWatch watch, LinkStatistics link)
    {
        if (record is DecisionRecord decision)
        {
            Write(Ms(decision.Sample, watch), [("class", decision.Decision), ("confidence", decision.ConfidencePercent)]);
            if (isTeleplot)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $">activity:{Ms(decision.Sample, watch)}:{decision.Name}|t"));
            }
        }
        else if (record is RawBlockRecord raw)
        {
            for (var sample = 0; sample < raw.SampleCount; sample++)
            {
                var at = sample * SensorScale.ChannelCount;
                Write(Ms(raw.First + sample, watch), Channels.Select((name, channel) => (name, (int)raw.Counts[at + channel])));
            }
        }
    }

    /// <inheritdoc/>
    public void Refresh(DeviceWatch watch, LinkStatistics link, string? trouble) => output.Flush();

    private static long Ms(int sample, DeviceWatch watch) => sample * 1000L / watch.RateHz;

    private void Write(long ms, IEnumerable<(string Name, int Value)> values)
    {
        if (!isTeleplot)
        {
            output.WriteLine(string.Join(',', values.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Name}:{pair.Value}"))));
            return;
        }

        foreach (var (name, value) in values)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $">{name}:{ms}:{value}"));
        }
    }
}
