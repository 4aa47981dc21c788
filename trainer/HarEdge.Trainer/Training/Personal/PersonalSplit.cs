using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training.Personal;

/// <summary>One wearer's recordings, divided by time, and everybody else's.</summary>
/// <param name="Wearer">As "data set/subject".</param>
/// <param name="Classes">Class names that labels index.</param>
/// <param name="Own">The wearer's earlier and later time.</param>
/// <param name="Others">Everybody else's recordings; may be empty.</param>
internal sealed record PersonalSplit(string Wearer, IReadOnlyList<string> Classes, DataSplit Own, IReadOnlyList<Recording> Others)
{
    /// <summary>Divides.</summary>
    /// <param name="relabelled">All recordings with common labels.</param>
    /// <param name="classes">Class names.</param>
    /// <param name="wearer">As "data set/subject".</param>
    /// <param name="windowSamples">Guard between the wearer's earlier and later time.</param>
    public static PersonalSplit Of(IEnumerable<Recording> relabelled, IReadOnlyList<string> classes, string wearer, int windowSamples)
    {
        var all = relabelled.ToLookup(recording => WindowExtractor.SubjectKey(recording) == wearer);
        return new PersonalSplit(wearer, classes, TimeBlocks.Split([.. all[true]], windowSamples), [.. all[false]]);
    }

    /// <summary>What a model of a blend learns from, and the wearer's later time to test it on.</summary>
    public DataSplit With(PersonalBlend blend) => new(
        [.. blend.PublicShare > 0 ? Others : [], .. blend.PublicShare < 1 ? Own.Train : []],
        Own.Test,
        FormattableString.Invariant($"time blocks of one person; everybody else weighs {100 * blend.PublicShare:0} %"),
        Own.Notes);
}
