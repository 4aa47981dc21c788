using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Datasets.PublicSets;

namespace HarEdge.Trainer.Tests.Datasets;

public class HaptIdentityTests
{
    private static readonly SourceFile[] All =
        [.. KnownHaptFiles.Sha256ByFileName.Select(pair => new SourceFile("RawData/" + pair.Key, pair.Value))];

    [Fact]
    public void All_files_unchanged_are_HAPT_complete()
    {
        var identity = KnownHaptFiles.Compare(All);
        Assert.True(identity.IsComplete);
        Assert.StartsWith("All 123 files match", identity.Sentence());
    }

    [Fact]
    public void A_changed_file_is_named()
    {
        var identity = KnownHaptFiles.Compare([All[0] with { Sha256 = "00" }, .. All[1..]]);
        Assert.False(identity.IsComplete);
        Assert.Contains("122 of the 123", identity.Sentence());
        Assert.Contains(Path.GetFileName(All[0].Name), identity.Sentence());
    }

    [Fact]
    public void A_part_of_it_is_still_HAPT()
    {
        var identity = KnownHaptFiles.Compare(All[..4]);
        Assert.True(identity.IsHapt);
        Assert.Contains("the others are missing", identity.Sentence());
    }

    [Fact]
    public void Files_of_the_same_name_and_other_content_are_not_HAPT()
    {
        var identity = KnownHaptFiles.Compare([All[0] with { Sha256 = "00" }]);
        Assert.False(identity.IsHapt);
        Assert.Null(identity.Sentence());
    }
}
