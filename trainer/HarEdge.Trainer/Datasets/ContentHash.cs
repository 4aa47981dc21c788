using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HarEdge.Trainer.Datasets;

/// <summary>One hash of everything a model can learn from: ranges, classes, subjects, runs, labels and counts; not of file names or warnings.</summary>
public static class ContentHash
{
    /// <summary>SHA-256 in lower-case hex; equal for equal recordings wherever they were read.</summary>
    public static string Of(DataSet dataSet)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendText(hash, $"{dataSet.Range.AccelG} {dataSet.Range.GyroDps} {string.Join(' ', dataSet.Classes)}");
        foreach (Recording recording in dataSet.Recordings)
        {
            string runs = string.Join(' ', recording.Runs.Select(run => $"{run.Start}-{run.End}"));
            AppendText(hash, $"{recording.Name} {recording.Subject} {recording.SampleCount} {runs}");
            AppendShorts(hash, recording.Labels);
            foreach (short[] channel in recording.Channels)
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
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), values[i]);
        }

        hash.AppendData(bytes);
    }
}
