namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>One-second blocks of a signal without missing values: mean magnitudes and how much the acceleration varies in each.</summary>
internal sealed class MotionBlocks
{
    private readonly List<(double MeanG, double DeviationG, double MeanDps)> _blocks = [];

    public MotionBlocks(RawSignal signal)
    {
        int length = Math.Max(2, (int)Math.Round(signal.RateHz));
        for (int start = 0; start + length <= signal.SlotCount; start += length)
        {
            double sumG = 0;
            double squareG = 0;
            double sumDps = 0;
            for (int slot = start; slot < start + length; slot++)
            {
                double g = Magnitude(signal.Values, 0, slot);
                sumG += g;
                squareG += g * g;
                sumDps += Magnitude(signal.Values, 3, slot);
            }

            double mean = sumG / length;
            if (double.IsFinite(mean) && double.IsFinite(sumDps))
            {
                _blocks.Add((mean, Math.Sqrt(Math.Max(0, squareG / length - mean * mean)), sumDps / length));
            }
        }

        _blocks.Sort((left, right) => left.DeviationG.CompareTo(right.DeviationG));
    }

    /// <summary>Median |a| in g over the quieter half; NaN when there is no block.</summary>
    public double QuietG => Median([.. Quiet.Select(block => block.MeanG)]);

    /// <summary>Median |ω| in °/s over the quieter half; NaN when there is no block.</summary>
    public double QuietDps => Median([.. Quiet.Select(block => block.MeanDps)]);

    /// <summary>Mean |ω| in °/s of each block in which |a| deviates by less than 0.02 g: the wearer is still.</summary>
    public double[] StillDps => [.. _blocks.Where(block => block.DeviationG < 0.02).Select(block => block.MeanDps)];

    /// <summary>Mean |ω| in °/s of each block in which |a| deviates by more than 0.1 g: the wearer moves.</summary>
    public double[] MovingDps => [.. _blocks.Where(block => block.DeviationG > 0.1).Select(block => block.MeanDps)];

    /// <summary>The middle value; NaN for none.</summary>
    public static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? double.NaN : values[values.Length / 2];
    }

    private IEnumerable<(double MeanG, double DeviationG, double MeanDps)> Quiet => _blocks.Take((_blocks.Count + 1) / 2);

    private static double Magnitude(double[][] values, int first, int slot)
    {
        double x = values[first][slot];
        double y = values[first + 1][slot];
        double z = values[first + 2][slot];
        return Math.Sqrt(x * x + y * y + z * z);
    }
}
