using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Training.Personal;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training;

/// <summary>The first stage of a run: recordings with labels of one list of classes, divided into those to learn from and those to test on.</summary>
/// <param name="Classes">Class names.</param>
/// <param name="Split">The recordings, turned when the options ask for wear calibration.</param>
/// <param name="NominalGravity">Where gravity points on training people who stand; null when nobody does.</param>
/// <param name="Personal">What the wearer's own recordings are worth; null for a model for people in general.</param>
internal sealed record TrainingData(IReadOnlyList<string> Classes, DataSplit Split, IReadOnlyList<int>? NominalGravity, PersonalStudy? Personal)
{
    /// <summary>Chooses the classes and divides the recordings.</summary>
    /// <exception cref="InputException">The data cannot be used; the message says what and why.</exception>
    public static TrainingData Of(TrainingOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var range = options.Range;
        var classes = ClassUnion.Choose(options.Data, options.Classes ?? (options.Wearer is null ? null : Wearer.ClassesOf(options.Data, options.Wearer)));
        List<IReadOnlyList<Recording>> relabelled = [.. options.Data.Select(set => ClassUnion.Relabel(set, classes))];
        PersonalStudy? personal = null;
        DataSplit split;
        if (options.Wearer is { } wearer)
        {
            var own = PersonalSplit.Of(relabelled.SelectMany(set => set), classes, wearer, options.WindowSamples);
            personal = PersonalTrial.Run(options, own, progress, cancellation);
            split = own.With(new PersonalBlend(wearer, personal.PublicShare));
        }
        else
        {
            split = DataSplit.Of(options.Data, relabelled, options.TestSubjects, options.WindowSamples);
        }

        var nominal = WearCalibration.NominalGravity(split.Train, classes);
        return new TrainingData(classes, options.WearCalibration ? CalibratedWear.Of(split, classes, nominal, range) : split, nominal, personal);
    }

    /// <summary>The recordings to test on, by their data sets.</summary>
    public IReadOnlyList<DataSet> TestSets(IReadOnlyList<DataSet> data) =>
        [.. data.Select(set => set with { Classes = Classes, Recordings = [.. Split.Test.Where(recording => recording.DataSet == set.Name)] })];
}
