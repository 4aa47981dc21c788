using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Evaluation;

/// <summary>Finds people a model was trained on, so that nobody takes their numbers for the model's worth.</summary>
public static class SeenBefore
{
    /// <summary>People of the data whom the manifest names as training people of the same data set, by "data set/subject".</summary>
    public static IReadOnlyList<string> People(FixedPointModel model, IReadOnlyList<DataSet> sets)
    {
        var trained = model.Manifest?.TrainSubjects.ToHashSet(StringComparer.Ordinal) ?? [];
        return [.. sets.SelectMany(set => set.Recordings).Select(WindowExtractor.SubjectKey).Distinct().Where(trained.Contains).Order(StringComparer.Ordinal)];
    }
}
