using System.Globalization;
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
