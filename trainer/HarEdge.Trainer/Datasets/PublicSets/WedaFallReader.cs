using System.Text.RegularExpressions;
using HarEdge.Trainer.Datasets.Csv;
using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.PublicSets;

/// <summary>
/// WEDA-FALL: folders <c>50Hz/F01</c> of a rate and a movement with <c>U01_R01_accel.csv</c> and <c>U01_R01_gyro.csv</c>, each with a header, a time in seconds
/// and three axes. The watch hands its samples over in bursts.
/// </summary>
internal static partial class WedaFallReader
{
    public static readonly PublicSet Set = new()
    {
        Name = "weda-fall",
        Title = "WEDA-FALL",
        Contents = "25 people, 11 of them over 75; watch at the wrist; 11 activities and 8 falls; 50 Hz",
        Citation = "Marques, Moreno: Online Fall Detection Using Wrist Devices, Sensors 2023, 23(3), 1146, doi 10.3390/s23031146",
        Terms = "its repository names no license: cite, and ask its authors about anything but research",
        Page = new Uri("https://github.com/joaojtmarques/WEDA-FALL"),
        Download = new Uri("https://github.com/joaojtmarques/WEDA-FALL/archive/refs/heads/main.zip"),
        Quirks =
        [
            "WEDA-FALL: only its folder 50Hz was read; the others are made from it. By their timestamps some 280 of its 969 recordings have 40 Hz, most of them falls. A file of a fall is labelled as that fall from its first row on; fall_timestamps.csv, which says when "
                + "each begins and ends, was not used.",
        ],
        Fits = source => source.Entries.Any(entry => AccelFile().IsMatch(entry.Name)),
        Read = Import,
    };

    private static readonly Dictionary<string, string> Movements = new()
    {
        ["D01"] = "walking", ["D02"] = "jogging", ["D03"] = "stairs", ["D04"] = "sit_and_get_up", ["D05"] = "collapse_into_chair", ["D06"] = "crouch_and_tie_shoes",
        ["D07"] = "stumble", ["D08"] = "jump", ["D09"] = "hit_table", ["D10"] = "clapping", ["D11"] = "open_and_close_door",
        ["F01"] = "fall_forward_slip", ["F02"] = "fall_lateral_slip", ["F03"] = "fall_backward_slip", ["F04"] = "fall_forward_trip", ["F05"] = "fall_backward_sitting_down",
        ["F06"] = "fall_forward_sitting", ["F07"] = "fall_backward_sitting", ["F08"] = "fall_lateral_sitting",
    };

    private static DataSet Import(SourceTree source, ReaderOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        SourceEntry[] all = [.. source.Entries.Where(entry => AccelFile().IsMatch(entry.Name))];
        SourceEntry[] entries = [.. all.Where(entry => entry.Name.Contains("50Hz/", StringComparison.OrdinalIgnoreCase))];
        var classes = new ClassList();
        return Set.Import(
            source, options, entries.Length > 0 ? entries : all, classes, (import, entry) => [Signal(source, entry, classes, options, import)], progress, cancellation);
    }

    private static RawSignal Signal(SourceTree source, SourceEntry accelEntry, ClassList classes, ReaderOptions options, SetImport import)
    {
        var fileName = source.Describe(accelEntry);
        var partner = accelEntry.Name.Replace("_accel.csv", "_gyro.csv", StringComparison.Ordinal);
        var gyroEntry = source.Entries.FirstOrDefault(entry => entry.Name == partner);
        if (gyroEntry.Name is null)
        {
            throw new InputException($"'{fileName}' is there, but no '{partner}'.", "Restore it from the original repository.");
        }

        var match = AccelFile().Match(accelEntry.Name);
        var code = match.Groups["label"].Value;
        classes.TryIndex(
            Movements.GetValueOrDefault(code) ?? throw new InputException($"'{fileName}': WEDA-FALL has no movement {code}.", "Restore the folder from the original repository."),
            out var label);
        var subject = match.Groups["subject"].Value;
        var joined = SensorJoin.Join(
            Read(source, accelEntry, 0, subject, label, import), Read(source, gyroEntry, 3, subject, label, import), 1, fileName);
        var units = new FileUnits(
            options.AccelUnit ?? AccelUnit.MetersPerSecondSquared, options.GyroUnit ?? GyroUnit.RadiansPerSecond, options.CountsRange ?? options.Range);
        return SignalBuilder.Build(
            joined,
            $"{code}/{subject}_{match.Groups["trial"].Value}",
            new RecordingOrigin { FileName = fileName, FirstLine = 2, Units = units.Names },
            units,
            new ClockStatement(true, options.RateHz, options.TimeUnit ?? TimeUnit.Seconds),
            import.Tally);
    }

    private static SignalRows Read(SourceTree source, SourceEntry entry, int firstChannel, string subject, short label, SetImport import)
    {
        var bytes = source.ReadAll(entry, out var sha256);
        import.Files.Add(new SourceFile(entry.Name, sha256));
        var rows = new SignalRows(subject, null, 2);
        var text = new NumberText(bytes, source.Describe(entry), hasCommas: true);
        text.TryReadLine(out _);
        while (text.TryReadLine(out var line))
        {
            text.ReadSample(line, rows, firstChannel, label, columns: 4);
        }

        return rows;
    }

    [GeneratedRegex(@"(^|/)(?<label>[DF]\d\d)/(?<subject>U\d\d)_(?<trial>R\d\d)_accel\.csv$", RegexOptions.CultureInvariant)]
    private static partial Regex AccelFile();
}
