using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Tests.Teachers;

/// <summary>Real windows with counts of a few synthetic people in three activities.</summary>
internal static class SmallWindows
{
    internal static readonly FeatureLayout Layout = new(128);

    internal static readonly SensorRange Range = new(SensorScale.DefaultAccelRangeG, SensorScale.DefaultGyroRangeDps);

    private static readonly Lazy<WindowTable> Made = new(Make);

    /// <summary>Four people; labels index WALKING, SITTING, LAYING.</summary>
    internal static WindowTable Table => Made.Value;

    private static WindowTable Make()
    {
        var set = SyntheticWearer.Create(new SyntheticOptions { Subjects = 4, SecondsPerActivity = 25 });
        string[] classes = ["WALKING", "SITTING", "LAYING"];
        return new WindowExtractor(128, 64).Extract(HarEdge.Trainer.Windows.ClassUnion.Relabel(set, classes), classes, keepUnlabelled: false);
    }
}
