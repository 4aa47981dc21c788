namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>A column of a file: its index, −1 when the file has none, and whether its values change sign.</summary>
internal readonly record struct CsvColumn(int Index, bool IsNegated)
{
    public static readonly CsvColumn None = new(-1, false);

    public bool Exists => Index >= 0;
}

/// <summary>Sensors whose columns a table has.</summary>
internal enum SensorPart
{
    Both,
    Accel,
    Gyro,
}

/// <summary>Which column of a header row is what: from the user's mapping, otherwise by the usual names.</summary>
internal sealed class CsvColumns
{
    private static readonly string[] ChannelKeys = ["ax", "ay", "az", "gx", "gy", "gz"];

    /// <summary>In a header they make it likely that a gyroscope is there under names that are not known.</summary>
    private static readonly string[] GyroscopeWords = ["gyr", "rot", "omega", "angular", "wx"];

    // The longer first: they hold the shorter.
    private static readonly string[] AxisWords =
    [
        "accelerometer", "acceleration", "accel", "acc", "gyroscope", "gyro", "gyr", "rotationrate", "rotation", "angularvelocity", "angularrate", "uncalibrated", "calibrated",
        "total", "axis", "value", "list", "raw",
    ];

    private static readonly string[] OtherKeys = ["time", "label", "subject", "recording"];

    private readonly string[] header;
    private readonly string fileName;
    private readonly Dictionary<string, string> mapping;
    private readonly SensorPart sensors;

    /// <param name="header">Names of the columns.</param>
    /// <param name="mapping">What the user said of them.</param>
    /// <param name="fileName">For messages.</param>
    /// <param name="isNumbered">Whether the names are numbers, for want of a header row.</param>
    /// <param name="isAccelerometerOnly">Whether a gyroscope is left out.</param>
    /// <param name="sensors">Whose columns are in this table.</param>
    public CsvColumns(
        string[] header, string? mapping, string fileName, bool isNumbered = false, bool isAccelerometerOnly = false, SensorPart sensors = SensorPart.Both)
    {
        this.header = header;
        this.fileName = fileName;
        this.sensors = sensors;
        this.mapping = Parse(mapping);
        Channels = [.. ChannelKeys.Select((key, channel) => IsWanted(key) && !(isAccelerometerOnly && channel >= 3) ? Find(key) : CsvColumn.None)];
        TakePlainAxes();
        RefuseMissingChannels(isNumbered, mayBeAccelerometer: sensors != SensorPart.Gyro && (isAccelerometerOnly || !header.Any(IsLikelyGyroscope)));
        Time = Find("time");
        Label = Find("label");
        Subject = Find("subject");
        Recording = Find("recording");
    }

    /// <summary>Six columns: ax ay az gx gy gz; the last three do not exist where the file is an accelerometer's alone.</summary>
    public CsvColumn[] Channels { get; }

    /// <summary>Whether any column is a gyroscope's.</summary>
    public bool HasGyroscope => Channels[3..].Any(channel => channel.Exists);

    public CsvColumn Time { get; }

    public CsvColumn Label { get; }

    public CsvColumn Subject { get; }

    /// <summary>A change of its value starts another recording.</summary>
    public CsvColumn Recording { get; }

    /// <summary>What was taken for what, as <c>time=t ax=accX …</c>.</summary>
    public string Names => string.Join(' ', OtherKeys[..1].Concat(ChannelKeys).Concat(OtherKeys[1..])
        .Zip([Time, .. Channels, Label, Subject, Recording])
        .Where(pair => pair.Second.Exists)
        .Select(pair => $"{pair.First}={(pair.Second.IsNegated ? "-" : "")}{header[pair.Second.Index]}"));

    /// <summary>Unit of the accelerometer in its header names; null where they name none or several.</summary>
    public AccelUnit? AccelUnit => Agreed(Channels[..3], name => name.Accel);

    /// <summary>Unit of the gyroscope in its header names.</summary>
    public GyroUnit? GyroUnit => !HasGyroscope ? null
        : Agreed(Channels[3..], name => name.Gyro) ?? (IsPhysicsToolbox ? Datasets.GyroUnit.RadiansPerSecond : null);

    /// <summary>Unit of the timestamps in their header name.</summary>
    public TimeUnit? TimeUnit => Time.Exists ? ColumnName.Of(header[Time.Index]).Time : null;

    /// <summary>Physics Toolbox writes no units: its g-force is in g, its gyroscope (wx) in rad/s, and what it calls ax has no gravity in it.</summary>
    private bool IsPhysicsToolbox => header.Any(column => ColumnName.Of(column).Name == ForceOf('x')) && Channels[3].Exists && header[Channels[3].Index].Trim() == "wx";

    private static string ForceOf(char axis) => "gf" + axis;

    private T? Agreed<T>(CsvColumn[] columns, Func<ColumnName, T?> unitOf)
        where T : struct
    {
        T?[] units = [.. columns.Where(column => column.Exists).Select(column => unitOf(ColumnName.Of(header[column.Index]))).Distinct()];
        return units.Length == 1 ? units[0] : null;
    }

    private static bool IsLikelyGyroscope(string name) => GyroscopeWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private void RefuseMissingChannels(bool isNumbered, bool mayBeAccelerometer)
    {
        string[] missing = [.. ChannelKeys.Where((key, channel) => IsWanted(key) && !Channels[channel].Exists)];
        if (missing.Length == 0 || (missing is ["gx", "gy", "gz"] && mayBeAccelerometer))
        {
            return;
        }

        var names = string.Join(", ", header);
        if (isNumbered)
        {
            throw new InputException(
                $"'{fileName}' has no header row: its first row holds {header.Length} columns of numbers.",
                "Say which column is what by number, for example --columns time=1,ax=2,ay=3,az=4,gx=5,gy=6,gz=7 (an accelerometer alone has no gx, gy, gz), or add a header row.",
                2);
        }

        throw new InputException(
            $"'{fileName}': no column for {string.Join(", ", missing)} among {names}.",
            $"Name {(missing.Length == 1 ? "it" : "them")} with --columns {string.Join(',', missing.Select(key => key + "=COLUMN"))}"
                + (missing[0][0] == 'g' ? ", or read the accelerometer alone with --channels accel." : ". A table of features is one with --label COLUMN, the column of the class."),
            2);
    }

    /// <summary>Axes without a sensor (<c>x</c>, <c>y-axis</c>, <c>Z [mg]</c>) are the accelerometer's where nothing else is: that is what everybody records.</summary>
    private void TakePlainAxes()
    {
        if (sensors != SensorPart.Both || Channels[..3].Any(channel => channel.Exists))
        {
            return;
        }

        int[] axes = [.. "xyz".Select(axis => Array.FindIndex(header, column => ColumnName.Of(column).IsPlainAxis(axis)))];
        if (axes.All(index => index >= 0))
        {
            for (var axis = 0; axis < axes.Length; axis++)
            {
                Channels[axis] = new CsvColumn(axes[axis], false);
            }
        }
    }

    private CsvColumn Find(string key)
    {
        if (!mapping.TryGetValue(key, out var name))
        {
            var usual = key[0] == 'a' ? Array.FindIndex(header, column => ColumnName.Of(column).Name == ForceOf(key[1])) : -1;
            usual = usual >= 0 ? usual : Array.FindIndex(header, column => IsUsualName(key, column));
            return new CsvColumn(usual < 0 && sensors != SensorPart.Both && ChannelKeys.Contains(key) ? Array.FindIndex(header, column => IsAxis(key[1], column)) : usual, false);
        }

        var index = IndexOf(name);
        if (index >= 0)
        {
            return new CsvColumn(index, false);
        }

        var negated = name.StartsWith('-') ? IndexOf(name[1..]) : -1;
        return negated >= 0
            ? new CsvColumn(negated, true)
            : throw new InputException(
                $"'{fileName}' has no column '{name}', only {string.Join(", ", header)}.",
                $"Correct '{key}={name}' in --columns.",
                2);
    }

    private bool IsWanted(string key) => sensors == SensorPart.Both || key[0] == (sensors == SensorPart.Accel ? 'a' : 'g');

    /// <summary>In the table of a single sensor: its axis, whatever else the name says of the sensor (<c>x</c>, <c>X-Axis (g)</c>, <c>accel_x_list</c>).</summary>
    private static bool IsAxis(char axis, string column)
    {
        var name = ColumnName.Of(column).Name;
        foreach (var word in AxisWords)
        {
            name = name.Replace(word, "", StringComparison.Ordinal);
        }

        return name.Length == 1 && name[0] == axis;
    }

    private int IndexOf(string name) => Array.FindIndex(header, column => column.Trim().Equals(name, StringComparison.OrdinalIgnoreCase));

    private static Dictionary<string, string> Parse(string? mapping)
    {
        var parsed = new Dictionary<string, string>();
        foreach (var part in (mapping ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? part : part[..equals].Trim().ToLowerInvariant();
            if (equals < 0 || (!ChannelKeys.Contains(key) && !OtherKeys.Contains(key)) || !parsed.TryAdd(key, part[(equals + 1)..].Trim()))
            {
                throw new InputException(
                    $"'{part}' is not a column mapping.",
                    $"Write --columns KEY=COLUMN,… with each of these keys at most once: {string.Join(", ", ChannelKeys.Concat(OtherKeys))}.",
                    2);
            }
        }

        return parsed;
    }

    private static bool IsUsualName(string key, string column)
    {
        var name = ColumnName.Of(column).Name;
        return key switch
        {
            "time" => name is "time" or "timestamp" or "t" or "timems" or "times" or "timeus" or "timens" or "timestampms" or "timestampus" or "datetime"
                or "millis" or "micros" or "elapsed" or "epoch" or "creationtime" or "arrivaltime" or "sampletimefine" or "loggingtime" or "sensortimestamp" or "phonetimestamp" or "unixtime" or "unixtimestamp" or "epoc" or "systemtime" or "elapsedtime" or "secondselapsed" or "timesincestartin" or "yyyymoddhhmisssss",
            "label" => name is "label" or "activity" or "class" or "activitylabel" or "activityid" or "activityname" or "labels" or "gt",
            "subject" => name is "subject" or "user" or "person" or "participant" or "subjectid" or "userid" or "participantid" or "personid",
            "recording" => name is "recording" or "session" or "recordingid" or "sessionid",
            _ => name == key || SensorWords(key).Any(word => name == word + key[1] || name == key[1] + word),
        };
    }

    private static string[] SensorWords(string key) => key[0] == 'a'
        ? ["ac", "acc", "accel", "accelerometer", "acceleration", "accelerometeracceleration"]
        : ["gy", "gyr", "gyro", "gyroscope", "rotationrate", "motionrotationrate", "angularvelocity", "angularrate", "gyrorotation", "omega", "w"];
}
