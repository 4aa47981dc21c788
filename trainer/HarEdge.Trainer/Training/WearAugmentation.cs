using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Synthetic;

namespace HarEdge.Trainer.Training;

/// <summary>
/// How else a recording might have come out: the sensor worn a little turned, with another unit's gains and offsets, the wearer a
/// little faster or slower. Each is drawn once for a recording, normally distributed with the given standard deviation; 0 leaves
/// it as it is.
/// </summary>
internal sealed record WearAugmentation
{
    /// <summary>No version but the recording.</summary>
    public static readonly WearAugmentation None = new() { Copies = 0 };

    /// <summary>A careful wearer and a good sensor.</summary>
    public static readonly WearAugmentation Mild = new() { Copies = 1, RotationDegrees = 3, GainShare = 0.01, AccelOffsetMilliG = 10, GyroOffsetDps = 1 };

    /// <summary>Further versions of every training recording.</summary>
    public int Copies { get; init; } = 2;

    /// <summary>Rotation about each axis, degrees.</summary>
    public double RotationDegrees { get; init; } = 8;

    /// <summary>Gain of each channel, as a share.</summary>
    public double GainShare { get; init; } = 0.03;

    /// <summary>Offset of each acceleration, milli-g.</summary>
    public double AccelOffsetMilliG { get; init; } = 40;

    /// <summary>Offset of each rotation rate, °/s.</summary>
    public double GyroOffsetDps { get; init; } = 3;

    /// <summary>Speed of the wearer, as a share.</summary>
    public double SpeedShare { get; init; }

    /// <summary>All further versions; each keeps its wearer, so that folds by person stay apart.</summary>
    /// <param name="recordings">Recordings in counts.</param>
    /// <param name="range">Ranges of the counts.</param>
    /// <param name="seed">Seed of the versions; one recording's do not depend on the others.</param>
    public IReadOnlyList<Recording> Of(IReadOnlyList<Recording> recordings, SensorRange range, int seed)
    {
        var versions = new Recording[recordings.Count * Copies];
        Parallel.For(0, versions.Length, i =>
        {
            var original = recordings[i / Copies];
            var random = new RandomSource(seed, i);
            var paced = AtOtherSpeed(original, random.Normal(1, SpeedShare));
            versions[i] = OnOtherSensor(paced, range, random) with { Name = $"{original.Name}, version {1 + i % Copies}" };
        });
        return versions;
    }

    // Gravity keeps its length whatever the speed; rates of rotation follow it, which 10 % more or less hides in the gain.
    private Recording AtOtherSpeed(Recording recording, double speed)
    {
        if (SpeedShare == 0)
        {
            return recording;
        }

        var resampler = new Resampler(SensorScale.SampleRateHz, SensorScale.SampleRateHz * speed);
        var source = recording.Channels.Select(channel => Array.ConvertAll(channel, count => (double)count)).ToArray();
        var runs = recording.Runs.Select(run => (Old: run, New: resampler.TargetRun(run))).ToList();
        var samples = runs.Max(run => run.New.End);
        var channels = recording.Channels.Select(_ => new short[samples]).ToArray();
        var labels = new short[samples];
        Array.Fill(labels, (short)-1);
        var output = new double[channels.Length];
        foreach (var (old, paced) in runs)
        {
            for (var i = paced.Start; i < paced.End; i++)
            {
                resampler.SampleInto(output, source, i, old);
                labels[i] = recording.Labels[resampler.NearestSlot(i, old)];
                for (var c = 0; c < channels.Length; c++)
                {
                    channels[c][i] = Count(output[c]);
                }
            }
        }

        return recording with { Channels = channels, Labels = labels, Runs = [.. runs.Select(run => run.New)] };
    }

    private Recording OnOtherSensor(Recording recording, SensorRange range, RandomSource random)
    {
        var turn = Orientation.FromDegrees(random.Normal(0, RotationDegrees), random.Normal(0, RotationDegrees), random.Normal(0, RotationDegrees));
        var accelOffset = AccelOffsetMilliG * SensorScale.AccelCountsPerG(range.AccelG) / 1000;
        var gyroOffset = GyroOffsetDps * SensorScale.GyroCountsPer10Dps(range.GyroDps) / 10;
        var gains = recording.Channels.Select(_ => random.Normal(1, GainShare)).ToArray();
        var offsets = recording.Channels.Select((_, c) => random.Normal(0, c < ChannelId.Gx ? accelOffset : gyroOffset)).ToArray();
        var channels = recording.Channels.Select(channel => new short[channel.Length]).ToArray();
        for (var first = 0; first < channels.Length; first += 3)
        {
            var (x, y, z) = (recording.Channels[first], recording.Channels[first + 1], recording.Channels[first + 2]);
            for (var i = 0; i < x.Length; i++)
            {
                var turned = turn.ToSensor(new Vector(x[i], y[i], z[i]));
                channels[first][i] = Count(gains[first] * turned.X + offsets[first]);
                channels[first + 1][i] = Count(gains[first + 1] * turned.Y + offsets[first + 1]);
                channels[first + 2][i] = Count(gains[first + 2] * turned.Z + offsets[first + 2]);
            }
        }

        return recording with { Channels = channels };
    }

    // Rounded and clipped as the chip would.
    private static short Count(double value) =>
        (short)Math.Clamp(Math.Round(value, MidpointRounding.AwayFromZero), short.MinValue, short.MaxValue);
}
