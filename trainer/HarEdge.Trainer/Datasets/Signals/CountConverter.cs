using HarEdge.Core;

namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>Physical values to the counts an MPU6050 would report: rounded to the nearest, half away from zero, limited to 16 bits.</summary>
internal sealed class CountConverter(SensorRange range)
{
    /// <summary>Counts per g, for example 8192 at ±4 g.</summary>
    public double CountsPerG { get; } = SensorScale.AccelCountsPerG(range.AccelG);

    /// <summary>Counts per °/s, for example 65.5 at ±500 °/s.</summary>
    public double CountsPerDps { get; } = SensorScale.GyroCountsPer10Dps(range.GyroDps) / 10.0;

    /// <summary>Values limited so far.</summary>
    public long ValuesClipped => AccelClipped + GyroClipped;

    /// <summary>Those of the accelerometer.</summary>
    public long AccelClipped { get; private set; }

    /// <summary>Those of the gyroscope.</summary>
    public long GyroClipped { get; private set; }

    /// <summary>Counts of an acceleration in g.</summary>
    public short FromG(double g)
    {
        short counts = ToCounts(g * CountsPerG, out bool isClipped);
        AccelClipped += isClipped ? 1 : 0;
        return counts;
    }

    /// <summary>Counts of a rotation in °/s.</summary>
    public short FromDps(double dps)
    {
        short counts = ToCounts(dps * CountsPerDps, out bool isClipped);
        GyroClipped += isClipped ? 1 : 0;
        return counts;
    }

    /// <summary>Counts of a value of channel 0..5 in g or °/s.</summary>
    public short FromChannel(int channel, double value) => channel < 3 ? FromG(value) : FromDps(value);

    private static short ToCounts(double exact, out bool isClipped)
    {
        isClipped = false;
        double rounded = Math.Round(exact, MidpointRounding.AwayFromZero);
        if (rounded is >= short.MinValue and <= short.MaxValue)
        {
            return (short)rounded;
        }

        if (double.IsNaN(rounded))
        {
            throw new ArgumentException("A missing value has no counts; gaps are filled or cut before.", nameof(exact));
        }

        isClipped = true;
        return rounded > 0 ? short.MaxValue : short.MinValue;
    }
}
