using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>One CSV file, or one a sensor, to recordings: one, or as many as the subject and recording columns change.</summary>
internal static class CsvFile
{
    /// <summary>What was read of a file, and as what.</summary>
    private sealed record Table(List<SignalRows> Parts, CsvColumns Columns, CsvLayout Layout, string FileName, bool HasGyroscope);

    /// <summary>Reads the file once from start to end, hashing it on the way.</summary>
    /// <exception cref="InputException">A line cannot be used; the message names it.</exception>
    public static List<RawSignal> Read(
        SourceTree source, SourceEntry entry, CsvLayout layout, List<SourceFile> files, ImportTally tally, SensorPart sensors = SensorPart.Both) =>
        Build(Load(source, entry, layout, sensors, files, tally), entry, tally);

    /// <summary>Reads the files of an accelerometer and a gyroscope and joins them by time.</summary>
    /// <exception cref="InputException">A line cannot be used, or the two are not of one session; the message names it.</exception>
    public static List<RawSignal> ReadPair(
        SourceTree source, SourceEntry accelEntry, SourceEntry gyroEntry, CsvLayout layout, List<SourceFile> files, ImportTally tally)
    {
        var accel = Load(source, accelEntry, layout, SensorPart.Accel, files, tally);
        var gyro = Load(source, gyroEntry, layout, SensorPart.Gyro, files, tally);
        if (!accel.Columns.Time.Exists || !gyro.Columns.Time.Exists)
        {
            var timeless = accel.Columns.Time.Exists ? gyro.FileName : accel.FileName;
            throw new InputException(
                $"'{timeless}' has no timestamps, so the files of accelerometer and gyroscope cannot be joined.",
                "Name the column with --columns time=COLUMN, or put both sensors into one table.",
                2);
        }

        List<SignalRows> joined = [];
        foreach (var part in accel.Parts)
        {
            var other = gyro.Parts.FirstOrDefault(rows => rows.Recording == part.Recording && (rows.Subject == part.Subject || gyro.Parts.Count == 1))
                ?? throw new InputException(
                    $"'{gyro.FileName}' has no rows of {part.Subject}{(part.Recording is { } name ? $", {name}" : "")}, whom '{accel.FileName}' has.",
                    "Give both files of the same sessions, or leave the accelerometer's out with --leave-out.");
            var secondsPerUnit = SecondsPerUnit(part, accel.Layout, accel.FileName);
            var otherUnit = gyro.Layout.TimeUnit is { } unit && accel.Layout.TimeUnit is not null ? UnitNames.SecondsIn(unit) : secondsPerUnit;
            for (var row = 0; row < other.Count && otherUnit != secondsPerUnit; row++)
            {
                other.Times[row] *= otherUnit / secondsPerUnit;
            }

            joined.Add(SensorJoin.Join(part, other, secondsPerUnit, accel.FileName));
        }

        var both = accel.Layout with { GyroUnit = gyro.Layout.GyroUnit };
        return Build(accel with { Parts = joined, Layout = both, FileName = $"{accel.FileName} + {gyroEntry.FileName}", HasGyroscope = true }, accelEntry, tally);
    }

    private static double SecondsPerUnit(SignalRows rows, CsvLayout layout, string fileName)
    {
        double[] times = [.. rows.Times.Where(time => !double.IsNaN(time))];
        (_, var unit) = Timestamps.ToSeconds(times, new ClockStatement(true, layout.RateHz, layout.TimeUnit), fileName);
        return unit is { } known ? UnitNames.SecondsIn(known) : 1 / layout.RateHz!.Value;
    }

    private static Table Load(SourceTree source, SourceEntry entry, CsvLayout layout, SensorPart sensors, List<SourceFile> files, ImportTally tally)
    {
        var fileName = source.Describe(entry);
        var head = TableHead.Read(source, entry);
        layout = head.Description is null ? layout : layout.With(head.Description);
        tally.NotePlacement(head.Description?.Placement);
        using var hashing = new HashingStream(source.Open(entry));
        try
        {
            using var rows = head.Skip(TableHead.Decode(hashing));
            var isNumbered = head.HasNoHeader && head.HeaderInComment is null;
            using var text = new CsvText(rows, fileName, layout.Delimiter ?? head.Separator, head.LinesBefore + (head.HasNoHeader ? 0 : 1));
            var columns = new CsvColumns(text.Header, layout.Columns, fileName, isNumbered, layout.IsAccelerometerOnly, sensors);
            NoteContradictions(layout, columns, fileName);
            layout = layout.With(columns);
            var units = layout.UnitsOf(fileName, columns.HasGyroscope, sensors != SensorPart.Gyro);
            var parts = ReadParts(text, columns, layout, entry, fileName);
            if (text.HasDates)
            {
                layout = layout with { TimeUnit = TimeUnit.Seconds };
                parts.ForEach(part => CsvTime.PassMidnights(part.Times));
            }

            files.Add(new SourceFile(entry.Name, hashing.Finish()));
            Note(parts, text, columns, layout, units, fileName);
            if (columns.Time.Exists && columns.HasGyroscope && sensors == SensorPart.Both)
            {
                parts = [.. parts.Select(part => SensorJoin.IsInterleaved(part) ? SensorJoin.JoinInterleaved(part, SecondsPerUnit(part, layout, fileName), fileName) : part)];
            }

            return new Table(parts, columns, layout, fileName, columns.HasGyroscope);
        }
        catch (InvalidDataException e)
        {
            throw new InputException(
                $"'{fileName}' is damaged or cut short.",
                "Download or copy the file again, and compare its size with the original.",
                1,
                e);
        }
    }

    private static List<RawSignal> Build(Table table, SourceEntry entry, ImportTally tally)
    {
        (var parts, var columns, var layout, var fileName, var hasGyroscope) = table;
        var units = layout.UnitsOf(fileName, hasGyroscope);
        if (parts.Count == 0)
        {
            tally.Warn($"'{fileName}' has a header and no rows.");
        }

        var stem = TableFile.Stem(entry.Name);
        return
        [
            .. parts.Select(part => SignalBuilder.Build(
                part,
                parts.Count == 1 ? stem : $"{stem}:{part.FirstLine}",
                new RecordingOrigin { FileName = fileName, FirstLine = part.FirstLine, Columns = columns.Names, Units = units.Names },
                units,
                new ClockStatement(columns.Time.Exists, layout.RateHz, layout.TimeUnit),
                tally)),
        ];
    }

    /// <summary>What the user stated wins over what a header says, and that is reported.</summary>
    private static void NoteContradictions(CsvLayout layout, CsvColumns columns, string fileName)
    {
        void Note(string sensor, string? stated, string? header)
        {
            if (stated is not null && header is not null && stated != header)
            {
                layout.Notes.Add($"the header gives {header} for the {sensor}; it was read in {stated}, as stated.", fileName);
            }
        }

        Note("accelerometer", layout.AccelUnit is { } accel ? UnitNames.Of(accel) : null, columns.AccelUnit is { } accelHeader ? UnitNames.Of(accelHeader) : null);
        Note("gyroscope", layout.GyroUnit is { } gyro ? UnitNames.Of(gyro) : null, columns.GyroUnit is { } gyroHeader ? UnitNames.Of(gyroHeader) : null);
        Note("timestamps", layout.TimeUnit is { } time ? UnitNames.Of(time) : null, columns.TimeUnit is { } timeHeader ? UnitNames.Of(timeHeader) : null);
    }

    /// <summary>What a user has to know of how the rows were taken.</summary>
    private static void Note(List<SignalRows> parts, CsvText text, CsvColumns columns, CsvLayout layout, FileUnits units, string fileName)
    {
        if (text.CutLine > 0)
        {
            layout.Notes.Add("the last line is cut short and was left out.", $"{fileName} line {text.CutLine}");
        }

        var isAccelUnsigned = units.Accel == AccelUnit.Counts && MakeSigned(parts, 0);
        var isGyroUnsigned = units.Gyro == GyroUnit.Counts && MakeSigned(parts, 3);
        if (isAccelUnsigned || isGyroUnsigned)
        {
            layout.Notes.Add("counts above 32767 are negative ones of 16 bits that were written without sign (65535 is -1), and were read as such.", fileName);
        }

        if ((units.Accel == AccelUnit.Counts || units.Gyro == GyroUnit.Counts) && !layout.IsRangeStated)
        {
            layout.Notes.Add(
                $"Nobody says of which ranges the counts are, so they were taken as ±{units.Range.AccelG} g and ±{units.Range.GyroDps} °/s: "
                + "those of the recording are stated with --file-accel-range and --file-gyro-range.");
        }

        if (layout.PathNote is not null && (!columns.Label.Exists || !columns.Subject.Exists))
        {
            layout.Notes.Add(layout.PathNote);
        }
    }

    /// <summary>Two's complement read without sign, told by values from 32768 to 65535 and none below zero; true where it was undone.</summary>
    private static bool MakeSigned(List<SignalRows> parts, int firstChannel)
    {
        List<double>[] channels = [.. parts.SelectMany(part => part.Values[firstChannel..(firstChannel + 3)])];
        var least = channels.SelectMany(values => values).DefaultIfEmpty().Min(value => double.IsNaN(value) ? 0 : value);
        var most = channels.SelectMany(values => values).DefaultIfEmpty().Max();
        if (least < 0 || most is <= short.MaxValue or > ushort.MaxValue)
        {
            return false;
        }

        foreach (var values in channels)
        {
            for (var row = 0; row < values.Count; row++)
            {
                values[row] -= values[row] > short.MaxValue ? ushort.MaxValue + 1 : 0;
            }
        }

        return true;
    }

    private static List<SignalRows> ReadParts(CsvText text, CsvColumns columns, CsvLayout layout, SourceEntry entry, string fileName)
    {
        var defaultSubject = layout.SubjectOf(entry);
        var defaultLabel = layout.LabelOf?.Invoke(entry) is { } label ? Label(label, layout.Classes, fileName, 1) : RawSignal.Unlabeled;
        List<SignalRows> parts = [];
        var byKey = new Dictionary<(string Subject, string? Recording), SignalRows>();
        SignalRows? part = null;
        while (text.Read())
        {
            var subject = columns.Subject.Exists ? text.Text(columns.Subject) : defaultSubject;
            var recording = columns.Recording.Exists ? text.Text(columns.Recording) : null;
            if (subject.Length == 0)
            {
                throw new InputException(
                    $"'{fileName}' line {text.Line} has no subject.",
                    "Fill the column: a sample without a wearer cannot be put on either side of a split.");
            }

            if (part is null || part.Subject != subject || part.Recording != recording)
            {
                // With timestamps the rows of a person belong together wherever they stand; without, what stands between them is time.
                (string, string?) key = (subject, recording);
                if (!columns.Time.Exists || !byKey.TryGetValue(key, out part))
                {
                    part = new SignalRows(subject, recording, text.Line);
                    parts.Add(part);
                    byKey[key] = part;
                }
            }

            for (var channel = 0; channel < columns.Channels.Length; channel++)
            {
                part.Values[channel].Add(columns.Channels[channel].Exists ? text.Value(columns.Channels[channel]) : 0);
            }

            part.Times.Add(columns.Time.Exists ? CsvTime.Parse(text, columns.Time) : double.NaN);
            part.Labels.Add(columns.Label.Exists ? Label(text.Text(columns.Label), layout.Classes, fileName, text.Line) : defaultLabel);
        }

        return parts;
    }

    private static short Label(string label, ClassList classes, string fileName, long line) =>
        classes.TryIndex(label, out var index)
            ? index
            : throw new InputException(
                $"'{fileName}' line {line}: '{label}' is none of the known classes {string.Join(", ", classes.Names)}.",
                "Correct the label, or leave the field empty where there is none.");
}
