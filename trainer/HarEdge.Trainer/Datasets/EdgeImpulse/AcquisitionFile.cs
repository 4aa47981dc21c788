using System.Text.Json;
using HarEdge.Core;
using HarEdge.Trainer.Datasets.Csv;
using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Datasets.EdgeImpulse;

/// <summary>
/// One file in the platform's acquisition format (docs.edgeimpulse.com, "Data acquisition format"): <c>payload</c> with <c>interval_ms</c>,
/// <c>sensors</c> and <c>values</c>. Its signature is not checked, signed or not: that needs the project's key.
/// </summary>
internal static class AcquisitionFile
{
    /// <summary>Whether JSON is of this format.</summary>
    public static bool Fits(JsonElement root) => JsonFile.Property(root, "payload") is { } payload && JsonFile.List(payload, "sensors") is not null;

    /// <summary>The device's name, which stands for its wearer when nothing else does; null when there is none.</summary>
    public static string? DeviceOf(JsonElement root) => JsonFile.Property(root, "payload") is { } payload ? JsonFile.Text(payload, "device_name") : null;

    /// <summary>The six channels, or an accelerometer's three, on a regular grid.</summary>
    /// <param name="root">The whole file.</param>
    /// <param name="layout">What the user has said; the file's units fill the rest.</param>
    /// <param name="name">Of the recording.</param>
    /// <param name="subject">Who wore it.</param>
    /// <param name="label">Of every sample.</param>
    /// <param name="fileName">For messages.</param>
    /// <param name="tally">Counts the rows.</param>
    /// <exception cref="InputException">A field is missing, or values do not fit their units.</exception>
    public static RawSignal Read(JsonElement root, CsvLayout layout, string name, string subject, short label, string fileName, ImportTally tally)
    {
        var payload = JsonFile.Property(root, "payload") ?? throw Missing(fileName, "payload");
        var sensors = (JsonFile.List(payload, "sensors") ?? throw Missing(fileName, "payload.sensors")).EnumerateArray().ToList();
        var columns = new CsvColumns([.. sensors.Select(sensor => JsonFile.Text(sensor, "name") ?? "")], layout.Columns, fileName, isAccelerometerOnly: layout.IsAccelerometerOnly);
        var units = Stated(layout, sensors, columns).UnitsOf(fileName, columns.HasGyroscope);
        var rows = JsonFile.List(payload, "values") ?? throw Missing(fileName, "payload.values");
        var read = new SignalRows(subject, null, 0);
        foreach (var row in rows.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() < sensors.Count)
            {
                throw new InputException(
                    $"'{fileName}': row {read.Count + 1} of payload.values does not hold {sensors.Count} values.", "Export the file again; every row has a value for each sensor.");
            }

            for (var channel = 0; channel < SensorScale.ChannelCount; channel++)
            {
                var column = columns.Channels[channel];
                var value = !column.Exists ? 0 : row[column.Index].ValueKind == JsonValueKind.Number ? row[column.Index].GetDouble() : double.NaN;
                read.Values[channel].Add(column.IsNegated ? -value : value);
            }

            read.Times.Add(double.NaN);
            read.Labels.Add(label);
        }

        var clock = new ClockStatement(false, layout.RateHz ?? RateOf(payload, fileName), null);
        return SignalBuilder.Build(read, name, new RecordingOrigin { FileName = fileName, Columns = columns.Names, Units = units.Names }, units, clock, tally);
    }

    private static CsvLayout Stated(CsvLayout layout, List<JsonElement> sensors, CsvColumns columns)
    {
        string UnitOf(int channel) => columns.Channels[channel] is { Exists: true, Index: var index } ? JsonFile.Text(sensors[index], "units") ?? "" : "";
        return layout.With(new RecordingDescription
        {
            AccelUnit = UnitNames.TryParseAccel(UnitOf(0)),
            GyroUnit = UnitNames.TryParseGyro(UnitOf(3)),
        });
    }

    private static double RateOf(JsonElement payload, string fileName) =>
        JsonFile.Property(payload, "interval_ms") is { ValueKind: JsonValueKind.Number } interval && interval.GetDouble() is > 0 and < 10000 and var ms
            ? 1000 / ms
            : throw Missing(fileName, "payload.interval_ms");

    private static InputException Missing(string fileName, string what) =>
        new($"'{fileName}' has no usable {what}.", "Give a file in Edge Impulse's data acquisition format.");
}
