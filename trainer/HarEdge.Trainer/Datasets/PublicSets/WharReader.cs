using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using HarEdge.Trainer.Datasets.Csv;
using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;
using Parquet;
using Parquet.Schema;

namespace HarEdge.Trainer.Datasets.PublicSets;

/// <summary>
/// The cache of the Python package whar-datasets, which brings some forty sets into one form: <c>sessions/sessions.parquet</c> (a timestamp, a column a channel,
/// session_id), <c>metadata/session_df.csv</c> (session, subject, activity) and <c>metadata/activity_df.csv</c> (activity, name).
/// </summary>
internal static partial class WharReader
{
    public static readonly PublicSet Set = new()
    {
        Name = "whar",
        Title = "Cache of whar-datasets",
        Contents = "any of the sets of that package, once it has parsed them",
        Citation = "read by the Python package whar-datasets of TECO, Karlsruhe Institute of Technology; cite the set itself, too",
        Terms = "those of the set",
        Page = new Uri("https://github.com/teco-kit/whar-datasets"),
        Quirks =
        [
            "whar-datasets: people are numbered anew from 0, missing values were interpolated by that package, and timestamps of sets without a clock are counted from 0 in each session.",
        ],
        Fits = source => source.Entries.Any(IsSessions),
        Read = Import,
    };

    /// <summary>Units as the sets' own descriptions give them, by the folder's name; the package keeps values as they are.</summary>
    private static readonly Dictionary<string, (AccelUnit Accel, GyroUnit Gyro)> Units = new(StringComparer.Ordinal)
    {
        ["hapt"] = (AccelUnit.G, GyroUnit.RadiansPerSecond),
        ["uci_har"] = (AccelUnit.G, GyroUnit.RadiansPerSecond),
        ["motion_sense"] = (AccelUnit.G, GyroUnit.RadiansPerSecond),
        ["mhealth"] = (AccelUnit.MetersPerSecondSquared, GyroUnit.DegreesPerSecond),
        ["pamap2"] = (AccelUnit.MetersPerSecondSquared, GyroUnit.RadiansPerSecond),
        ["wisdm_19_phone"] = (AccelUnit.MetersPerSecondSquared, GyroUnit.RadiansPerSecond),
        ["wisdm_19_watch"] = (AccelUnit.MetersPerSecondSquared, GyroUnit.RadiansPerSecond),
        ["hhar"] = (AccelUnit.MetersPerSecondSquared, GyroUnit.RadiansPerSecond),
        ["usc_had"] = (AccelUnit.G, GyroUnit.DegreesPerSecond),
        ["utd_mhad"] = (AccelUnit.G, GyroUnit.DegreesPerSecond),
        ["dsads"] = (AccelUnit.MetersPerSecondSquared, GyroUnit.RadiansPerSecond),
        ["up_fall"] = (AccelUnit.G, GyroUnit.DegreesPerSecond),
    };

    /// <summary>Sensors whose channels have names of their own.</summary>
    private static readonly Dictionary<string, string[]> Channels = new(StringComparer.Ordinal)
    {
        ["uci_har"] = ["total_acc_x", "total_acc_y", "total_acc_z", "body_gyro_x", "body_gyro_y", "body_gyro_z"],
        ["motion_sense"] = ["accel_x", "accel_y", "accel_z", "gyro_x", "gyro_y", "gyro_z"],
        ["har_sense"] = ["AG-X", "AG-Y", "AG-Z", "RR-X", "RR-Y", "RR-Z"],
    };

    private static DataSet Import(SourceTree source, ReaderOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        SourceEntry[] found = [.. source.Entries.Where(IsSessions)];
        if (found.Length > 1)
        {
            throw new InputException(
                $"'{source.Path}' holds the caches of {found.Length} sets.",
                $"Name the folder of one of them: {string.Join(", ", found.Take(8).Select(entry => RootOf(entry).TrimEnd('/')))}.", 2);
        }

        var root = RootOf(found[0]);
        var id = Path.GetFileName(Path.TrimEndingDirectorySeparator(root.Length > 0 ? root : Path.GetFullPath(source.Path)));
        var classes = new ClassList();
        var set = Set with { Name = id.ToLowerInvariant(), Title = $"{id}, from whar-datasets" };
        return set.Import(
            source, options with { Placement = null }, found, classes, (import, entry) => Signals(source, entry, root, id, classes, options, import), progress, cancellation);
    }

    private static IEnumerable<RawSignal> Signals(
        SourceTree source, SourceEntry entry, string root, string id, ClassList classes, ReaderOptions options, SetImport import)
    {
        var fileName = source.Describe(entry);
        var names = Table(source, root, "activity_df.csv", import, "activity_id", "activity_name").ToDictionary(row => Number(row[0]), row => row[1]);
        var sessions = Table(source, root, "session_df.csv", import, "session_id", "subject_id", "activity_id").ToDictionary(row => Number(row[0]));
        using var file = source.OpenSeekable(entry);
        import.Files.Add(new SourceFile(entry.Name, Convert.ToHexStringLower(SHA256.HashData(file))));
        file.Position = 0;
        var reader = Open(file, fileName);
        var fields = reader.Schema.GetDataFields();
        var channels = ChannelsOf(fields, id, options, fileName);
        var units = UnitsOf(id, options, fileName);
        var sign = id == "motion_sense" ? -1 : 1;
        foreach (var rows in Sessions(reader, fields, channels, sign, fileName))
        {
            if (!sessions.TryGetValue(rows.FirstLine, out var session) || !names.TryGetValue(Number(session[2]), out var activity))
            {
                throw new InputException($"'{fileName}': session {rows.FirstLine} is not in session_df.csv, or its activity not in activity_df.csv.", "Let whar-datasets make the cache again.");
            }

            classes.TryIndex(activity, out var label);
            var labelled = new SignalRows(session[1], null, 0);
            labelled.Times.AddRange(rows.Times);
            labelled.Labels.AddRange(Enumerable.Repeat(label, rows.Count));
            for (var channel = 0; channel < rows.Values.Length; channel++)
            {
                labelled.Values[channel].AddRange(rows.Values[channel]);
            }

            yield return SignalBuilder.Build(
                labelled,
                $"session {rows.FirstLine}",
                new RecordingOrigin { FileName = fileName, Columns = string.Join(' ', channels), Units = units.Names },
                units,
                new ClockStatement(true, options.RateHz, TimeUnit.Seconds),
                import.Tally);
        }
    }

    /// <summary>The rows of each session, which stand together; the session's number is the first line. Labels are left empty.</summary>
    private static IEnumerable<SignalRows> Sessions(ParquetReader reader, DataField[] fields, string[] channels, int accelSign, string fileName)
    {
        DataField Field(string name) => fields.FirstOrDefault(field => field.Name == name)
            ?? throw new InputException($"'{fileName}' has no column {name}.", "Let whar-datasets make the cache again.");
        SignalRows? current = null;
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            using var rows = reader.OpenRowGroupReader(group);
            var count = (int)rows.RowCount;
            var session = Column(rows, Field("session_id"), count);
            var time = Column(rows, Field("timestamp"), count);
            double[][] values = [.. channels.Select(channel => Column(rows, Field(channel), count))];
            for (var row = 0; row < count; row++)
            {
                if (current is null || current.FirstLine != (long)session[row])
                {
                    if (current is not null)
                    {
                        yield return current;
                    }

                    current = new SignalRows("", null, (long)session[row]);
                }

                current.Times.Add(time[row]);
                current.Labels.Add(RawSignal.Unlabeled);
                for (var channel = 0; channel < values.Length; channel++)
                {
                    current.Values[channel].Add(channel < 3 ? accelSign * values[channel][row] : values[channel][row]);
                }
            }
        }

        if (current is not null)
        {
            yield return current;
        }
    }

    /// <summary>A column as numbers, NaN where it is empty; a time as seconds.</summary>
    private static double[] Column(ParquetRowGroupReader rows, DataField field, int count)
    {
        double[] Of<TColumn>(Func<TColumn, double> toNumber)
            where TColumn : struct
        {
            if (!field.IsNullable)
            {
                var plain = new TColumn[count];
                rows.ReadAsync<TColumn>(field, plain.AsMemory()).AsTask().GetAwaiter().GetResult();
                return Array.ConvertAll(plain, value => toNumber(value));
            }

            var read = new TColumn?[count];
            rows.ReadAsync<TColumn>(field, read.AsMemory()).AsTask().GetAwaiter().GetResult();
            return Array.ConvertAll(read, value => value is { } known ? toNumber(known) : double.NaN);
        }

        return Type.GetTypeCode(field.ClrType) switch
        {
            TypeCode.Single => Of<float>(value => value),
            TypeCode.Double => Of<double>(value => value),
            TypeCode.Int32 => Of<int>(value => value),
            TypeCode.Int64 => Of<long>(value => value),
            TypeCode.DateTime => Of<DateTime>(value => value.Ticks / (double)TimeSpan.TicksPerSecond),
            _ => throw new InputException($"The column {field.Name} holds no numbers but {field.ClrType.Name}.", "Let whar-datasets make the cache again."),
        };
    }

    private static ParquetReader Open(Stream file, string fileName)
    {
        try
        {
            return ParquetReader.CreateAsync(file).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ParquetException)
        {
            throw new InputException($"'{fileName}' is no Parquet file, or is cut short.", "Let whar-datasets make the cache again.", 1, e);
        }
    }

    private static FileUnits UnitsOf(string id, ReaderOptions options, string fileName)
    {
        (AccelUnit Accel, GyroUnit Gyro)? known = Units.TryGetValue(id, out (AccelUnit, GyroUnit) pair) ? pair : null;
        return new FileUnits(
            options.AccelUnit ?? known?.Accel ?? throw new InputException(
                $"The units of '{id}' in '{fileName}' are not known.", "Look them up in the set's own description and give them with --accel-unit and --gyro-unit.", 2),
            options.GyroUnit ?? known?.Gyro ?? throw new InputException($"The unit of the gyroscope of '{id}' in '{fileName}' is not known.", "Give it with --gyro-unit rad/s, deg/s, mdps or counts.", 2),
            options.CountsRange ?? options.Range);
    }

    /// <summary>Six columns: those the user names, those the set is known by, or the only place with an accelerometer and a gyroscope.</summary>
    private static string[] ChannelsOf(DataField[] fields, string id, ReaderOptions options, string fileName)
    {
        if (options.Columns is not null)
        {
            string[] header = [.. fields.Select(field => field.Name)];
            return [.. new CsvColumns(header, options.Columns, fileName).Channels.Select(column => header[column.Index])];
        }

        if (Channels.TryGetValue(id, out var known))
        {
            return known;
        }

        var places = new SortedDictionary<string, string?[]>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (ChannelName().Match(field.Name) is { Success: true } match)
            {
                var place = (match.Groups["before"].Value + match.Groups["between"].Value).Trim('_', '.', '-').ToLowerInvariant();
                places.TryAdd(place, new string?[6]);
                var kind = match.Groups["kind"].Value.ToLowerInvariant();
                places[place][(kind[0] == 'a' ? 0 : 3) + char.ToLowerInvariant(match.Groups["axis"].Value[0]) - 'x'] = field.Name;
            }
        }

        string[] whole = [.. places.Where(place => place.Value.All(name => name is not null)).Select(place => place.Key)];
        var wanted = options.Placement is null ? whole is [var only] ? only : null : whole.FirstOrDefault(place => place.Equals(options.Placement, StringComparison.OrdinalIgnoreCase));
        return wanted is not null ? [.. places[wanted].OfType<string>()] : throw (whole.Length > 0
            ? new InputException($"'{fileName}' has sensors at several places.", $"Choose one with --placement: {string.Join(", ", whole)}.", 2)
            : new InputException(
                $"'{fileName}' has no place with all three axes of an accelerometer and a gyroscope; its columns are {string.Join(", ", fields.Select(field => field.Name))}.",
                "If they are there under other names, give them with --columns ax=COLUMN,ay=COLUMN,az=COLUMN,gx=COLUMN,gy=COLUMN,gz=COLUMN.", 2));
    }

    private static List<string[]> Table(SourceTree source, string root, string name, SetImport import, params string[] columns)
    {
        SourceEntry entry = source.Entries.FirstOrDefault(entry => entry.FileName == name && entry.Name.StartsWith(root, StringComparison.Ordinal));
        if (entry.Name is null)
        {
            throw new InputException($"'{source.Path}' has no {root}metadata/{name}.", "Give the folder of the set in the cache, with its folders metadata and sessions.", 2);
        }

        import.Files.Add(new SourceFile(entry.Name, Convert.ToHexStringLower(SHA256.HashData(source.ReadAll(entry, out _)))));
        using var text = new CsvText(source.Open(entry), source.Describe(entry), ',', 1);
        CsvColumn[] places = [.. columns.Select(column => new CsvColumn(Array.IndexOf(text.Header, column), false))];
        if (places.Any(place => !place.Exists))
        {
            throw new InputException($"'{source.Describe(entry)}' does not have the columns {string.Join(", ", columns)}.", "Let whar-datasets make the cache again.");
        }

        List<string[]> rows = [];
        while (text.Read())
        {
            rows.Add([.. places.Select(text.Text)]);
        }

        return rows;
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static bool IsSessions(SourceEntry entry) => entry.FileName == "sessions.parquet";

    /// <summary>The folder of the set: that above <c>sessions</c>.</summary>
    private static string RootOf(SourceEntry entry) =>
        entry.Folder.EndsWith("sessions/", StringComparison.Ordinal) ? entry.Folder[..^"sessions/".Length] : entry.Folder;

    // hand_acc_x, acc_x, accel_watch_x, T_xacc, Ax, GyroX, Left_pocket_Gx; not hand_acc_2_x twice, and nothing of magnetometers.
    [GeneratedRegex(
        @"^(?<before>([A-Za-z0-9]+[_.\-])*?)((?<kind>accel|acc|gyro|gyr)([_.\-](?<between>([A-Za-z0-9]+[_.\-])*))?(?<axis>[xyz])|(?<kind>[ag])(?<axis>[xyz])|(?<axis>[xyz])(?<kind>acc|gyro))$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ChannelName();
}
