using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Training;

/// <summary>Data sets of a few labelled samples, for what happens before any window is cut.</summary>
internal static class SmallData
{
    public static DataSet SetOf(string name, string[] classes, string[] officialTest, params string[] subjects) => new()
    {
        Name = name,
        Classes = classes,
        DefaultClasses = classes,
        Range = new SensorRange(4, 500),
        OfficialTestSubjects = officialTest,
        Files = [],
        Report = new ImportReport(),
        Recordings = [.. subjects.Select(subject => RecordingOf(name, subject, [.. Enumerable.Range(0, 300).Select(i => (short)(i / 100 % classes.Length))]))],
    };

    public static Recording RecordingOf(string set, string subject, short[] labels) => new()
    {
        DataSet = set,
        Name = "recording of " + subject,
        Subject = subject,
        Channels = [.. Enumerable.Range(0, 6).Select(_ => new short[labels.Length])],
        Labels = labels,
        Runs = [new Run(0, labels.Length)],
    };
}
