using HarEdge.Core;
using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Datasets.Synthetic;

/// <summary>
/// One MPU6050 with its own errors, and its strap. Offsets (15 mg, 1 °/s) and scale errors (1 %) are what a simple calibration leaves of
/// the data sheet's ±50 to 80 mg, ±20 °/s and ±3 % (PS-MPU-6000A-00 §6.1, §6.2); noise is wider than the sheet's: cloth and skin add theirs.
/// </summary>
internal sealed class SensorUnit
{
    private const double AccelNoiseG = 0.004;
    private const double GyroNoiseDps = 0.25;

    /// <summary>Seconds between knocks against the sensor, on average; each is short and stronger than the range.</summary>
    private const double KnockEverySeconds = 600;

    private readonly RandomSource random;
    private readonly CountConverter converter;
    private readonly double[] offset = new double[SensorScale.ChannelCount];
    private readonly double[] scale = new double[SensorScale.ChannelCount];

    public SensorUnit(RandomSource random, CountConverter converter)
    {
        this.random = random;
        this.converter = converter;
        for (var channel = 0; channel < SensorScale.ChannelCount; channel++)
        {
            offset[channel] = random.Normal(0, channel < 3 ? 0.015 : 1);
            scale[channel] = random.Normal(1, 0.01);
        }
    }

    /// <summary>Counts of a whole track; the strap slips a little between the first and the last sample.</summary>
    public short[][] Measure(MotionTrack track, Orientation mount)
    {
        var counts = new short[SensorScale.ChannelCount][];
        for (var channel = 0; channel < counts.Length; channel++)
        {
            counts[channel] = new short[track.Count];
        }

        var slip = Posture.Draw(random, default, 2, 2);
        for (var sample = 0; sample < track.Count; sample++)
        {
            var share = sample / (double)track.Count;
            var worn = mount * Orientation.FromDegrees(slip.PitchDeg * share, slip.RollDeg * share, 0);
            var accel = track.AccelAt(sample, worn);
            var gyro = track.GyroAt(sample, worn);
            var knockG = random.Uniform() < MotionTrack.SampleSeconds / KnockEverySeconds ? random.Uniform(3, 9) : 0;
            ReadOnlySpan<double> ideal = [accel.X + knockG, accel.Y - 0.6 * knockG, accel.Z + 0.4 * knockG, gyro.X, gyro.Y, gyro.Z];
            for (var channel = 0; channel < counts.Length; channel++)
            {
                var noise = random.Normal(0, channel < 3 ? AccelNoiseG : GyroNoiseDps);
                counts[channel][sample] = converter.FromChannel(channel, ideal[channel] * scale[channel] + offset[channel] + noise);
            }
        }

        return counts;
    }
}
