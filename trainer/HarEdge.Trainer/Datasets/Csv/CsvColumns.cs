using HarEdge.Core;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>Which column of a header row is what: from the user's mapping, otherwise by the usual names.</summary>
internal sealed class CsvColumns
{
    private static readonly string[] ChannelKeys = ["ax", "ay", "az", "gx", "gy", "gz"];

    private static readonly string[] OtherKeys = ["time", "label", "subject", "recording"];

    private readonly string[] _header;
    private readonly string _fileName;
    private readonly Dictionary<string, string> _mapping;

    public CsvColumns(string[] header, string? mapping, string fileName)
    {
        _header = header;
        _fileName = fileName;
        _mapping = Parse(mapping);
        Channels = new CsvColumn[SensorScale.ChannelCount];
        for (int channel = 0; channel < Channels.Length; channel++)
        {
            Channels[channel] = Find(ChannelKeys[channel]);
            if (!Channels[channel].Exists)
            {
                throw new InputException(
                    $"'{fileName}' line 1: no column for {ChannelKeys[channel]} among {string.Join(", ", header)}.",
                    $"Name it, for example --columns {ChannelKeys[channel]}={header[Math.Min(channel, header.Length - 1)]}; "
                    + "if the file has no header row, add one.",
                    2);
            }
        }

        Time = Find("time");
        Label = Find("label");
        Subject = Find("subject");
        Recording = Find("recording");
    }

    /// <summary>Six columns: ax ay az gx gy gz.</summary>
    public CsvColumn[] Channels { get; }

    public CsvColumn Time { get; }

    public CsvColumn Label { get; }

    public CsvColumn Subject { get; }

    /// <summary>A change of its value starts another recording.</summary>
    public CsvColumn Recording { get; }

    private CsvColumn Find(string key)
    {
        if (!_mapping.TryGetValue(key, out string? name))
        {
            return new CsvColumn(Array.FindIndex(_header, column => IsUsualName(key, column)), false);
        }

        int index = IndexOf(name);
        if (index >= 0)
        {
            return new CsvColumn(index, false);
        }

        int negated = name.StartsWith('-') ? IndexOf(name[1..]) : -1;
        return negated >= 0
            ? new CsvColumn(negated, true)
            : throw new InputException(
                $"'{_fileName}' line 1 has no column '{name}', only {string.Join(", ", _header)}.",
                $"Correct '{key}={name}' in --columns.",
                2);
    }

    private int IndexOf(string name) => Array.FindIndex(_header, column => column.Trim().Equals(name, StringComparison.OrdinalIgnoreCase));

    private static Dictionary<string, string> Parse(string? mapping)
    {
        var parsed = new Dictionary<string, string>();
        foreach (string part in (mapping ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? part : part[..equals].Trim().ToLowerInvariant();
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
        string name = new([.. column.TakeWhile(c => c is not ('(' or '[')).Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
        return key switch
        {
            "time" => name is "time" or "timestamp" or "t" or "timems" or "times" or "timeus" or "timens" or "timestampms" or "datetime",
            "label" => name is "label" or "activity" or "class" or "activitylabel",
            "subject" => name is "subject" or "user" or "person" or "participant" or "subjectid" or "userid",
            "recording" => name is "recording" or "session" or "recordingid" or "sessionid",
            _ => name == key || SensorWords(key).Any(word => name == word + key[1] || name == key[1] + word),
        };
    }

    private static string[] SensorWords(string key) => key[0] == 'a'
        ? ["acc", "accel", "accelerometer", "acceleration"]
        : ["gyr", "gyro", "gyroscope"];
}
