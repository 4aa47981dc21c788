namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>What one recording shows of its units, gathered before gaps are filled; a few numbers a second, whatever the rate.</summary>
internal sealed class SignalEvidence
{
    /// <summary>A second is at rest when |deviation| of the acceleration vector is below this share of its mean: no unit is needed to tell.</summary>
    private const double RestShare = 0.025;

    /// <summary>A second is in motion from this share on.</summary>
    private const double MotionShare = 0.1;

    private readonly List<double> restG = [];
    private readonly List<double> restDps = [];
    private readonly List<double> movingDps = [];
    private readonly List<double> steadyDps = [];
    private double sumG;
    private int seconds;

    public SignalEvidence(RawSignal signal)
    {
        Origin = signal.Origin;
        Units = signal.Units;
        var length = Math.Max(2, (int)Math.Round(signal.RateHz));
        for (var start = 0; start + length <= signal.SlotCount; start += length)
        {
            AddSecond(signal.Values, start, length);
        }

        for (var channel = 0; channel < signal.Values.Length; channel++)
        {
            var factor = signal.Units.Factor(channel);
            foreach (var value in signal.Values[channel])
            {
                // Written so that a missing value changes nothing.
                LargestRaw = value / factor > LargestRaw ? value / factor : LargestRaw;
                if (channel >= 3)
                {
                    LargestDps = Math.Abs(value) > LargestDps ? Math.Abs(value) : LargestDps;
                }
                else
                {
                    LargestG = Math.Abs(value) > LargestG ? Math.Abs(value) : LargestG;
                }
            }
        }

        Turning = new TurnEvidence(signal);
    }

    public RecordingOrigin Origin { get; }

    public FileUnits Units { get; }

    /// <summary>|a| in g of each second at rest.</summary>
    public IReadOnlyList<double> RestG => restG;

    /// <summary>|ω| in °/s of each second at rest.</summary>
    public IReadOnlyList<double> RestDps => restDps;

    /// <summary>|ω| in °/s of each second in motion.</summary>
    public IReadOnlyList<double> MovingDps => movingDps;

    /// <summary>|ω| in °/s of each second in which the gyroscope gives a large constant, as an accelerometer at rest does.</summary>
    public IReadOnlyList<double> SteadyDps => steadyDps;

    /// <summary>Mean |a| in g over everything; over any movement that stays in place it is at least gravity. NaN for less than a second.</summary>
    public double MeanG => sumG / seconds;

    /// <summary>The largest value in the file's own unit.</summary>
    public double LargestRaw { get; private set; }

    public double LargestG { get; private set; }

    public double LargestDps { get; private set; }

    /// <summary>Rate of turn against the change of the direction of gravity.</summary>
    public TurnEvidence Turning { get; }

    /// <summary>The middle value; NaN for none.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }

    private void AddSecond(double[][] values, int start, int length)
    {
        (var accel, var deviation) = Measure(values, 0, start, length);
        (var gyro, var gyroDeviation) = Measure(values, 3, start, length);
        if (!double.IsFinite(accel) || !double.IsFinite(gyro))
        {
            return;
        }

        seconds++;
        sumG += accel;
        if (deviation < RestShare * accel)
        {
            restG.Add(accel);
            restDps.Add(gyro);
        }
        else if (deviation > MotionShare * accel)
        {
            movingDps.Add(gyro);
        }

        if (gyroDeviation < RestShare * gyro)
        {
            steadyDps.Add(gyro);
        }
    }

    /// <summary>Mean magnitude, and root of the summed variances of the three axes.</summary>
    private static (double Mean, double Deviation) Measure(double[][] values, int first, int start, int length)
    {
        double magnitude = 0;
        double variance = 0;
        for (var slot = start; slot < start + length; slot++)
        {
            double square = 0;
            for (var axis = first; axis < first + 3; axis++)
            {
                square += values[axis][slot] * values[axis][slot];
            }

            magnitude += Math.Sqrt(square);
        }

        for (var axis = first; axis < first + 3; axis++)
        {
            double sum = 0;
            double squares = 0;
            foreach (var value in values[axis].AsSpan(start, length))
            {
                sum += value;
                squares += value * value;
            }

            variance += Math.Max(0, squares / length - sum / length * (sum / length));
        }

        return (magnitude / length, Math.Sqrt(variance));
    }
}
