using System.Globalization;
using System.Text;
using HarEdge.Core;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Cli.Tests.Running;

/// <summary>Two synthetic people in one CSV file with timestamps, in g and °/s.</summary>
internal static class SmallCsv
{
    /// <summary>Writes the file; the same motion, said to be sampled at a rate.</summary>
    public static string Write(TempFolder folder, string name, int rateHz)
    {
        var set = SyntheticWearer.Create(new SyntheticOptions { Subjects = 2, SecondsPerActivity = 20 });
        var accelPerG = (double)SensorScale.AccelCountsPerG(set.Range.AccelG);
        var gyroPerDps = SensorScale.GyroCountsPer10Dps(set.Range.GyroDps) / 10.0;
        var text = new StringBuilder("time_ms,ax,ay,az,gx,gy,gz,label,subject\n");
        foreach (var recording in set.Recordings.Where(recording => recording.Name.EndsWith("_1", StringComparison.Ordinal)))
        {
            for (var i = 0; i < recording.SampleCount; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{i * 1000 / rateHz}");
                for (var channel = 0; channel < SensorScale.ChannelCount; channel++)
                {
                    text.Append(CultureInfo.InvariantCulture, $",{recording.Channels[channel][i] / (channel < 3 ? accelPerG : gyroPerDps):0.######}");
                }

                text.Append(',').Append(recording.Labels[i] < 0 ? "" : set.Classes[recording.Labels[i]]).Append(',').Append(recording.Subject).Append('\n');
            }
        }

        File.WriteAllText(folder.At(name), text.ToString());
        return folder.At(name);
    }
}
