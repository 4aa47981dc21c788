using System.Text.RegularExpressions;
using HarEdge.Core;
using HarEdge.Trainer.Datasets.Csv;
using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.PublicSets;

/// <summary>
/// Sets of files of numbers without a header, a row a sample and a fixed column for everything: PAMAP2 (54 columns), MHEALTH (24) and SisFall (9).
/// Columns are counted from 0, as the reader sees them; the sets' own descriptions count from 1.
/// </summary>
internal sealed partial class ColumnFileReader
{
    public static readonly PublicSet Pamap2 = new()
    {
        Name = "pamap2",
        Title = "PAMAP2",
        Contents = "9 people; hand, chest and ankle; 18 activities; 100 Hz",
        Citation = "Reiss, Stricker: Introducing a New Benchmarked Dataset for Activity Monitoring, ISWC 2012, doi 10.1109/ISWC.2012.13; UCI archive, data set 231",
        Terms = "CC BY 4.0",
        Page = new Uri("https://archive.ics.uci.edu/dataset/231/pamap2+physical+activity+monitoring"),
        Download = new Uri("https://archive.ics.uci.edu/static/public/231/pamap2+physical+activity+monitoring.zip"),
        Placements = ["hand", "chest", "ankle"],
        Quirks =
        [
            "PAMAP2: the accelerometer of ±16 g was read; the one of ±6 g saturates in running and jumping. Activity 0 (between two activities) has no label. "
                + "A sensor that loses its radio link leaves NaN, which is a gap.",
        ],
        Fits = source => source.Entries.Any(entry => Pamap2File().IsMatch(entry.FileName)),
        Read = (source, options, progress, cancellation) => new ColumnFileReader(Pamap2!, Pamap2File(), 54, TimeUnit.Seconds)
        {
            LabelColumn = 1,
            // 17 columns a place: temperature, accelerometer of ±16 g, accelerometer of ±6 g, gyroscope, magnetometer, orientation.
            Sensors = new() { ["hand"] = (4, 10, 1), ["chest"] = (21, 27, 1), ["ankle"] = (38, 44, 1) },
            Labels = Names(
                "1 lying 2 sitting 3 standing 4 walking 5 running 6 cycling 7 nordic_walking 9 watching_tv 10 computer_work 11 car_driving 12 ascending_stairs "
                + "13 descending_stairs 16 vacuum_cleaning 17 ironing 18 folding_laundry 19 house_cleaning 20 playing_soccer 24 rope_jumping"),
        }.Import(source, options, progress, cancellation),
    };

    public static readonly PublicSet Mhealth = new()
    {
        Name = "mhealth",
        Title = "MHEALTH",
        Contents = "10 people; right forearm and left ankle; 12 activities; 50 Hz",
        Citation = "Banos et al.: mHealthDroid, A Novel Framework for Agile Development of Mobile Health Applications, IWAAL 2014, "
            + "doi 10.1007/978-3-319-13105-4_14; UCI archive, data set 319",
        Terms = "CC BY 4.0",
        Page = new Uri("https://archive.ics.uci.edu/dataset/319/mhealth+dataset"),
        Download = new Uri("https://archive.ics.uci.edu/static/public/319/mhealth+dataset.zip"),
        Placements = ["arm", "ankle"],
        Quirks =
        [
            "MHEALTH: its description gives deg/s for the gyroscopes, but at rest their columns hold a vector of length near 1 that changes only every third to fourth row. "
                + "Look at them before you trust them as rates of turn.",
        ],
        Fits = source => source.Entries.Any(entry => MhealthFile().IsMatch(entry.FileName)),
        Read = (source, options, progress, cancellation) => new ColumnFileReader(Mhealth!, MhealthFile(), 24, null)
        {
            RateHz = 50,
            LabelColumn = 23,
            GyroUnit = GyroUnit.DegreesPerSecond,
            // The chest (columns 0 to 2) has no gyroscope.
            Sensors = new() { ["arm"] = (14, 17, 1), ["ankle"] = (5, 8, 1) },
            Labels = Names(
                "1 standing 2 sitting 3 lying 4 walking 5 climbing_stairs 6 waist_bends_forward 7 frontal_elevation_of_arms 8 knees_bending 9 cycling 10 jogging 11 running "
                + "12 jump_front_and_back"),
        }.Import(source, options, progress, cancellation),
    };

    public static readonly PublicSet SisFall = new()
    {
        Name = "sisfall",
        Title = "SisFall",
        Contents = "38 people, 15 of them over 60; waist; 19 activities and 15 falls; 200 Hz",
        Citation = "Sucerquia, López, Vargas-Bonilla: SisFall: A Fall and Movement Dataset, Sensors 2017, 17(1), 198, doi 10.3390/s17010198",
        Terms = "its authors name no license: cite, and ask them about anything but research",
        Page = new Uri("http://sistemic.udea.edu.co/en/research/projects/english-falls/"),
        Placements = ["waist", "waist-mma8451q"],
        Quirks =
        [
            "SisFall: values are in the sensors' own counts, converted by the formulas of its Readme (ADXL345: 13 bits of ±16 g; MMA8451Q, with --placement waist-mma8451q: 14 bits of ±8 g; "
                + "ITG3200: 16 bits of ±2000 °/s). A file of a fall is labelled as that fall from its first row on, although it begins with walking, sitting or standing.",
        ],
        Fits = source => source.Entries.Any(entry => SisFallFile().IsMatch(entry.FileName)),
        Read = (source, options, progress, cancellation) => new ColumnFileReader(SisFall!, SisFallFile(), 9, null)
        {
            RateHz = 200,
            AccelUnit = AccelUnit.G,
            GyroUnit = GyroUnit.DegreesPerSecond,
            GyroFactor = 2 * 2000 / 65536.0,
            Sensors = new() { ["waist"] = (0, 3, 2 * 16 / 8192.0), ["waist-mma8451q"] = (6, 3, 2 * 8 / 16384.0) },
            Labels = Names(
                "D01 walking_slowly D02 walking_quickly D03 jogging_slowly D04 jogging_quickly D05 stairs_slowly D06 stairs_quickly D07 sit_half_height_slowly "
                + "D08 sit_half_height_quickly D09 sit_low_slowly D10 sit_low_quickly D11 collapse_into_chair D12 lie_down_slowly D13 lie_down_quickly D14 turn_over_in_bed "
                + "D15 bend_knees D16 bend_without_knees D17 get_into_car D18 stumble D19 jump F01 fall_forward_slip F02 fall_backward_slip F03 fall_lateral_slip "
                + "F04 fall_forward_trip F05 fall_forward_trip_jogging F06 fall_vertical_fainting F07 fall_dampened_fainting F08 fall_forward_getting_up "
                + "F09 fall_lateral_getting_up F10 fall_forward_sitting_down F11 fall_backward_sitting_down F12 fall_lateral_sitting_down F13 fall_forward_sitting "
                + "F14 fall_backward_sitting F15 fall_lateral_sitting"),
        }.Import(source, options, progress, cancellation),
    };

    private const int NoColumn = -1;

    private readonly PublicSet set;
    private readonly Regex files;
    private readonly int columns;
    private readonly TimeUnit? time;

    /// <param name="set">What it is.</param>
    /// <param name="files">Names of its files, with the group subject, and label where a file has one.</param>
    /// <param name="columns">Columns of a row.</param>
    /// <param name="time">Unit of the first column when that is the time.</param>
    private ColumnFileReader(PublicSet set, Regex files, int columns, TimeUnit? time)
    {
        this.set = set;
        this.files = files;
        this.columns = columns;
        this.time = time;
    }

    private double? RateHz { get; init; }

    private int LabelColumn { get; init; } = NoColumn;

    private AccelUnit AccelUnit { get; init; } = AccelUnit.MetersPerSecondSquared;

    private GyroUnit GyroUnit { get; init; } = GyroUnit.RadiansPerSecond;

    private double GyroFactor { get; init; } = 1;

    /// <summary>First columns of the sensors by placement, and what the accelerometer's numbers are multiplied with to be in its unit.</summary>
    public required Dictionary<string, (int Accel, int Gyro, double Factor)> Sensors { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    private DataSet Import(SourceTree source, ReaderOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var classes = new ClassList();
        SourceEntry[] entries = [.. source.Entries.Where(entry => files.IsMatch(entry.FileName))];
        return set.Import(
            source, options, entries, classes, (import, entry) => [Signal(source, entry, options, classes, import)], progress, cancellation);
    }

    private RawSignal Signal(SourceTree source, SourceEntry entry, ReaderOptions options, ClassList classes, SetImport import)
    {
        var fileName = source.Describe(entry);
        var match = files.Match(entry.FileName);
        var rows = new SignalRows(match.Groups["subject"].Value, null, 1);
        var bytes = source.ReadAll(entry, out var sha256);
        import.Files.Add(new SourceFile(entry.Name, sha256));
        var whole = match.Groups["label"] is { Success: true } label ? ClassOf(label.Value, classes, fileName, 1) : RawSignal.Unlabeled;
        ReadRows(bytes, fileName, set.PlacementOf(options), whole, classes, rows);
        var units = new FileUnits(options.AccelUnit ?? AccelUnit, options.GyroUnit ?? GyroUnit, options.CountsRange ?? options.Range);
        return SignalBuilder.Build(
            rows,
            Path.ChangeExtension(entry.Name, null),
            new RecordingOrigin { FileName = fileName, FirstLine = 1, Units = units.Names },
            units,
            new ClockStatement(time is not null, options.RateHz ?? RateHz, options.TimeUnit ?? time),
            import.Tally);
    }

    private void ReadRows(byte[] bytes, string fileName, string placement, short whole, ClassList classes, SignalRows rows)
    {
        (var accel, var gyro, var factor) = Sensors[placement];
        var text = new NumberText(bytes, fileName, hasCommas: true);
        var values = new double[columns];
        while (text.TryReadLine(out var line))
        {
            var label = whole;
            for (var column = 0; column < columns; column++)
            {
                var word = text.NextWord(ref line);
                values[column] = text.ParseValue(word);
                label = column == LabelColumn ? ClassOf(values[column].ToString("0"), classes, fileName, text.LineNumber) : label;
            }

            if (!line.IsEmpty)
            {
                throw text.WrongColumns(columns);
            }

            for (var axis = 0; axis < SensorScale.ChannelCount / 2; axis++)
            {
                rows.Values[axis].Add(factor * values[accel + axis]);
                rows.Values[axis + 3].Add(GyroFactor * values[gyro + axis]);
            }

            rows.Times.Add(time is null ? double.NaN : values[0]);
            rows.Labels.Add(label);
        }
    }

    private short ClassOf(string code, ClassList classes, string fileName, long line)
    {
        // Activity 0, and a label that is missing, is none.
        if (code is "0" or "NaN")
        {
            return RawSignal.Unlabeled;
        }

        classes.TryIndex(
            Labels.GetValueOrDefault(code) ?? throw new InputException(
                $"'{fileName}' line {line}: {set.Title} has no activity {code}.", "Restore the file from the original archive."),
            out var index);
        return index;
    }

    private static Dictionary<string, string> Names(string pairs) => pairs.Split(' ').Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

    [GeneratedRegex(@"^subject(?<subject>\d{3})\.dat$", RegexOptions.CultureInvariant)]
    private static partial Regex Pamap2File();

    [GeneratedRegex(@"^mHealth_subject(?<subject>\d{1,2})\.log$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MhealthFile();

    [GeneratedRegex(@"^(?<label>[DF]\d\d)_(?<subject>S[AE]\d\d)_R\d\d\.txt$", RegexOptions.CultureInvariant)]
    private static partial Regex SisFallFile();
}
