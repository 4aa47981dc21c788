using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Evaluation;

/// <summary>Finds people a model was trained on, so that nobody takes their numbers for the model's worth.</summary>
internal static class SeenBefore
{
    /// <summary>People of the data whom the manifest names as training people of the same data set, by "data set/subject".</summary>
    public static IReadOnlyList<string> People(FixedPointModel model, IReadOnlyList<DataSet> sets)
    {
        var trained = Trained(model);
        return [.. sets.SelectMany(set => set.Recordings).Select(WindowExtractor.SubjectKey).Distinct().Where(trained.Contains).Order(StringComparer.Ordinal)];
    }

    /// <summary>The data without the recordings of those people.</summary>
    /// <exception cref="InputException">Nobody is left (exit code 2).</exception>
    public static IReadOnlyList<DataSet> LeftOut(FixedPointModel model, IReadOnlyList<DataSet> sets)
    {
        var trained = Trained(model);
        List<DataSet> left =
        [
            .. sets.Select(set => set with { Recordings = [.. set.Recordings.Where(recording => !trained.Contains(WindowExtractor.SubjectKey(recording)))] }),
        ];
        return left.Any(set => set.Recordings.Count > 0) ? left : throw new InputException(
            "The model was trained on everybody in the data, so --unseen leaves nobody.", "Give recordings of other people, or score without --unseen.", 2);
    }

    private static HashSet<string> Trained(FixedPointModel model) => model.Manifest?.TrainSubjects.ToHashSet(StringComparer.Ordinal) ?? [];
}
