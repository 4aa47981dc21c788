using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using HarEdge.Core;

namespace HarEdge.Trainer.Datasets;

/// <summary>What a model was trained on, small enough to travel inside it: everything but the samples. Plain values, made for JSON.</summary>
public sealed record DataManifest
{
    /// <summary>Name of the data set.</summary>
    public required string Name { get; init; }

    /// <summary>True for generated data.</summary>
    public required bool IsSynthetic { get; init; }

    /// <summary>SHA-256 of the recordings, see <see cref="ContentHash"/>.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary>Samples per second.</summary>
    public required int SampleRateHz { get; init; }

    /// <summary>Full scale of the accelerometer, ± g.</summary>
    public required int AccelRangeG { get; init; }

    /// <summary>Full scale of the gyroscope, ± °/s.</summary>
    public required int GyroRangeDps { get; init; }

    /// <summary>All class names.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Samples of each class, in the order of <see cref="Classes"/>.</summary>
    public required IReadOnlyList<long> SamplesPerClass { get; init; }

    /// <summary>Samples without a class.</summary>
    public required long Unlabeled { get; init; }

    /// <summary>Each person's share, by name.</summary>
    public required IReadOnlyList<SubjectCounts> Subjects { get; init; }

    /// <summary>Subjects of the set's own test split.</summary>
    public required IReadOnlyList<string> OfficialTestSubjects { get; init; }

    /// <summary>Files read and their hashes.</summary>
    public required IReadOnlyList<SourceFile> Files { get; init; }

    /// <summary>What happened at the door.</summary>
    public required ImportReport Report { get; init; }

    /// <summary>Authors and terms.</summary>
    public string? Attribution { get; init; }

    /// <summary>Counts and hashes a data set.</summary>
    public static DataManifest Of(DataSet dataSet)
    {
        SubjectCounts[] subjects =
        [
            .. dataSet.Recordings
                .GroupBy(recording => recording.Subject)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Count(group.Key, [.. group], dataSet.Classes.Count)),
        ];
        return new DataManifest
        {
            Name = dataSet.Name,
            IsSynthetic = dataSet.IsSynthetic,
            ContentSha256 = ContentHash.Of(dataSet),
            SampleRateHz = SensorScale.SampleRateHz,
            AccelRangeG = dataSet.Range.AccelG,
            GyroRangeDps = dataSet.Range.GyroDps,
            Classes = dataSet.Classes,
            SamplesPerClass = [.. Enumerable.Range(0, dataSet.Classes.Count).Select(index => subjects.Sum(subject => subject.SamplesPerClass[index]))],
            Unlabeled = subjects.Sum(subject => subject.Unlabeled),
            Subjects = subjects,
            OfficialTestSubjects = dataSet.OfficialTestSubjects,
            Files = dataSet.Files,
            Report = dataSet.Report,
            Attribution = dataSet.Attribution,
        };
    }

    private static SubjectCounts Count(string subject, Recording[] recordings, int classes)
    {
        var samples = new long[classes];
        long unlabeled = 0;
        foreach (var recording in recordings)
        {
            foreach (var run in recording.Runs)
            {
                foreach (var label in recording.Labels.AsSpan(run.Start, run.Length))
                {
                    if (label >= 0)
                    {
                        samples[label]++;
                    }
                    else
                    {
                        unlabeled++;
                    }
                }
            }
        }

        return new SubjectCounts { Subject = subject, Recordings = recordings.Length, SamplesPerClass = samples, Unlabeled = unlabeled };
    }
}

/// <summary>How much of one person a data set holds, in samples at 50 Hz within runs.</summary>
public sealed record SubjectCounts
{
    /// <summary>The person.</summary>
    public required string Subject { get; init; }

    /// <summary>Recordings of them.</summary>
    public required int Recordings { get; init; }

    /// <summary>Samples of each class, in the order of the class list.</summary>
    public required IReadOnlyList<long> SamplesPerClass { get; init; }

    /// <summary>Samples without a class.</summary>
    public required long Unlabeled { get; init; }
}

/// <summary>One hash of everything a model can learn from: ranges, classes, subjects, runs, labels and counts; not of file names or warnings.</summary>
internal static class ContentHash
{
    /// <summary>SHA-256 in lower-case hex; equal for equal recordings wherever they were read.</summary>
    public static string Of(DataSet dataSet)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendText(hash, $"{dataSet.Range.AccelG} {dataSet.Range.GyroDps} {string.Join(' ', dataSet.Classes)}");
        foreach (var recording in dataSet.Recordings)
        {
            var runs = string.Join(' ', recording.Runs.Select(run => $"{run.Start}-{run.End}"));
            AppendText(hash, $"{recording.Name} {recording.Subject} {recording.SampleCount} {runs}");
            AppendShorts(hash, recording.Labels);
            foreach (var channel in recording.Channels)
            {
                AppendShorts(hash, channel);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendText(IncrementalHash hash, string line) => hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Little-endian on every machine.</summary>
    private static void AppendShorts(IncrementalHash hash, short[] values)
    {
        var bytes = new byte[2 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), values[i]);
        }

        hash.AppendData(bytes);
    }
}
