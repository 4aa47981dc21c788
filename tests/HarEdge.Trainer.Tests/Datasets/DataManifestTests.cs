using System.Text.Json;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Datasets;

public class DataManifestTests
{
    [Fact]
    public void Counts_per_class_and_subject_add_up_to_all_samples_in_runs()
    {
        using var folder = new TempFolder();
        var data = ReaderOf.Hapt(new HaptArchive(1, 2).WriteZip(folder));
        var manifest = DataManifest.Of(data);

        Assert.Equal([600, 500, 0], manifest.SamplesPerClass);
        Assert.Equal(100, manifest.Unlabeled);
        Assert.Equal(["01", "02"], manifest.Subjects.Select(subject => subject.Subject));
        Assert.Equal(6, manifest.Files.Count);
        Assert.Equal(data.Report.SamplesWritten, manifest.SamplesPerClass.Sum() + manifest.Unlabeled);
    }

    [Fact]
    public void It_survives_JSON()
    {
        using var folder = new TempFolder();
        var manifest = DataManifest.Of(ReaderOf.Hapt(new HaptArchive(1).WriteZip(folder)));
        var json = JsonSerializer.Serialize(manifest);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<DataManifest>(json)));
        Assert.DoesNotContain(folder.Path, json);
    }

    [Fact]
    public void One_changed_sample_changes_the_content_hash()
    {
        using var folder = new TempFolder();
        var archive = new HaptArchive(1);
        var before = ContentHash.Of(ReaderOf.Hapt(archive.WriteZip(folder)));
        archive.ReplaceLine(HaptArchive.Accel(1, 1), 5, "0.5 0 1");
        Assert.NotEqual(before, ContentHash.Of(ReaderOf.Hapt(archive.WriteZip(folder))));
    }
}
