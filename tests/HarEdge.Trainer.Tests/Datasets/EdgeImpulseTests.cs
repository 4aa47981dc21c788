using System.Text.Json;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Datasets.EdgeImpulse;

namespace HarEdge.Trainer.Tests.Datasets;

/// <summary>Edge Impulse's forms, in and out.</summary>
public sealed class EdgeImpulseTests : IDisposable
{
    // Written by hand after the platform's description, not by our export.
    private const string Sample = """
        {"protected":{"ver":"v1","alg":"ALG","iat":1564128599},"signature":"SIGNATURE",
         "payload":{"device_name":"ac:87:a3","device_type":"BOARD","interval_ms":INTERVAL,
          "sensors":[{"name":"accX","units":"m/s2"},{"name":"accY","units":"m/s2"},{"name":"accZ","units":"m/s2"},
                     {"name":"gyrX","units":"dps"},{"name":"gyrY","units":"dps"},{"name":"gyrZ","units":"dps"}],
          "values":[[0,0,9.80665,10,0,0],[0,0,9.80665,10,-20,0],[0,null,9.80665,10,0,0],[0,0,-9.80665,10,0,0]]}}
        """;

    private readonly TempFolder folder = new();

    [Theory]
    [InlineData("none", "")]
    [InlineData("HS256", "b0ee0572a1984b93b6bc56e6576e2cbbd6bccd65d0c356e26b31bbc9a48210c6")]
    public void A_sample_is_read_signed_or_not(string algorithm, string signature)
    {
        folder.Write("idle.1b2c.json", Sample.Replace("ALG", algorithm).Replace("SIGNATURE", signature).Replace("INTERVAL", "20"));
        var set = DataSetReader.Open(folder.Path);
        var recording = Assert.Single(set.Recordings);
        Assert.Equal(["IDLE"], set.Classes);
        Assert.Equal("ac:87:a3", recording.Subject);
        Assert.Equal([8192, 8192, 8192, -8192], recording.Channels[2]);
        Assert.Equal([655, 655, 655, 655], recording.Channels[3]);
        Assert.Equal([0, -1310, 0, 0], recording.Channels[4]);
        Assert.Equal(1, set.Report.SamplesInterpolated);
    }

    [Fact]
    public void Other_rates_are_resampled()
    {
        folder.Write("idle.1.json", Sample.Replace("INTERVAL", "10"));
        Assert.Equal(2, DataSetReader.Open(folder.Path).Recordings[0].SampleCount);
    }

    [Fact]
    public void Labels_and_people_of_info_labels_count_more_than_names()
    {
        folder.Write("training/x.1.json", Sample.Replace("INTERVAL", "20"));
        folder.Write("training/y.2.json", Sample.Replace("INTERVAL", "20"));
        folder.Write("info.labels", """
            {"version":1,"files":[{"path":"training/x.1.json","name":"x","category":"training","label":{"type":"label","label":"wave hand"},"metadata":{"subject":"eva"}}]}
            """);
        var set = DataSetReader.Open(folder.Path);
        Assert.Equal(["WAVE_HAND", "Y"], set.Classes);
        Assert.Equal(["eva", "ac:87:a3"], set.Recordings.Select(recording => recording.Subject));
    }

    [Fact]
    public void A_table_takes_its_label_from_its_name()
    {
        folder.Write("walk.17.csv", "timestamp,accX,accY,accZ,gyrX,gyrY,gyrZ\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i * 20},0,0,9.80{i % 10},1,2,3\n")));
        var set = DataSetReader.Open(folder.Path, new ReaderOptions { AccelUnit = AccelUnit.MetersPerSecondSquared, GyroUnit = GyroUnit.DegreesPerSecond });
        Assert.Equal(["WALK"], set.Classes);
        Assert.All(set.Recordings[0].Labels, label => Assert.Equal(0, label));
    }

    [Theory]
    [InlineData("INTERVAL", "0", "interval_ms")]
    [InlineData("\"accX\"", "\"light\"", "ax")]
    [InlineData("[0,0,9.80665,10,0,0],", "[0,0],", "row 1")]
    public void A_damaged_sample_is_refused_by_name(string what, string with, string told)
    {
        folder.Write("idle.1.json", Sample.Replace(what, with).Replace("INTERVAL", "20"));
        var refused = Assert.Throws<InputException>(() => DataSetReader.Open(folder.Path));
        Assert.Contains("idle.1.json", refused.Message, StringComparison.Ordinal);
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_file_among_others_is_refused_by_line()
    {
        folder.Write("a.1.json", Sample.Replace("INTERVAL", "20"));
        folder.Write("b.1.json", Sample[..200]);
        Assert.Contains("b.1.json' line 2 is not JSON", Assert.Throws<InputException>(() => DataSetReader.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_exported_comes_back_count_by_count(bool asJson)
    {
        var set = SyntheticWearer.Create(new SyntheticOptions { Subjects = 2, SecondsPerActivity = 20 });
        var export = new EdgeImpulseExport(asJson);
        export.Add(set);
        var path = Path.Combine(folder.Path, "out");
        export.Write(path);

        var back = DataSetReader.Open(path, new ReaderOptions { AccelUnit = AccelUnit.MetersPerSecondSquared, GyroUnit = GyroUnit.DegreesPerSecond });
        Assert.Equal(set.Classes.Order(StringComparer.Ordinal), back.Classes.Order(StringComparer.Ordinal));
        Assert.Equal(Labelled(set), Labelled(back));
        Assert.Equal(export.Samples, back.Recordings.Sum(recording => recording.SampleCount));
        Assert.Equal(export.FileCount, back.Recordings.Count);
        Assert.All(Directory.GetFiles(path).Select(Path.GetFileName).Where(name => name != "info.labels"), name => Assert.Matches(@"^[A-Z_]+\.[\w-]+\.(json|csv)$", name!));
    }

    [Fact]
    public void Exported_json_has_the_platforms_fields()
    {
        var export = new EdgeImpulseExport(asJson: true);
        export.Add(SyntheticWearer.Create(new SyntheticOptions { Subjects = 2, SecondsPerActivity = 20 }));
        export.Write(folder.Path);
        var root = JsonDocument.Parse(File.ReadAllBytes(Directory.GetFiles(folder.Path, "*.json")[0])).RootElement;
        Assert.Equal(("v1", "none"), (root.GetProperty("protected").GetProperty("ver").GetString(), root.GetProperty("protected").GetProperty("alg").GetString()));
        Assert.Equal(64, root.GetProperty("signature").GetString()!.Length);
        var payload = root.GetProperty("payload");
        Assert.Equal(20, payload.GetProperty("interval_ms").GetInt32());
        Assert.Equal(["accX m/s2", "accY m/s2", "accZ m/s2", "gyrX deg/s", "gyrY deg/s", "gyrZ deg/s"], payload.GetProperty("sensors").EnumerateArray()
            .Select(sensor => sensor.GetProperty("name").GetString() + " " + sensor.GetProperty("units").GetString()));
        Assert.Equal(6, payload.GetProperty("values")[0].GetArrayLength());
        Assert.False(string.IsNullOrEmpty(payload.GetProperty("device_type").GetString()));
    }

    [Fact]
    public void An_export_writes_over_nothing()
    {
        folder.Write("mine.txt", "");
        var export = new EdgeImpulseExport(asJson: true);
        export.Add(SyntheticWearer.Create(new SyntheticOptions { Subjects = 2, SecondsPerActivity = 20 }));
        Assert.Equal(2, Assert.Throws<InputException>(() => export.Write(folder.Path)).ExitCode);
        Assert.Throws<InputException>(() => new EdgeImpulseExport(asJson: false).Write(Path.Combine(folder.Path, "new")));
    }

    public void Dispose() => folder.Dispose();

    // Every labelled stretch, as person, class and counts, whatever the order of the files.
    private static List<string> Labelled(DataSet set) =>
    [
        .. set.Recordings.SelectMany(recording => recording.Runs.SelectMany(run => Enumerable.Range(run.Start, run.Length))
            .Where(i => recording.Labels[i] >= 0)
            .GroupBy(i => recording.Labels[i])
            .Select(group => (Subject: recording.Subject, Label: set.Classes[group.Key], Samples: group.Select(i => string.Join(' ', recording.Channels.Select(channel => channel[i]))))))
            .GroupBy(part => part.Subject + " " + part.Label)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Key + ": " + string.Join('|', group.SelectMany(part => part.Samples).Order(StringComparer.Ordinal))),
    ];
}
