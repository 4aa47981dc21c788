namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>How many values of a set were limited to full scale, and why that is likely.</summary>
internal static class ClippingVerdict
{
    private const double WarningShare = 0.01;

    private const double ErrorShare = 0.1;

    /// <summary>More than body-worn sensors give, in g and °/s.</summary>
    private const double HighestG = 20;

    private const double HighestDps = 2500;

    /// <summary>An exception to throw or to tell when more than a tenth was limited; from a hundredth on a warning.</summary>
    public static InputException? Of(CountConverter converter, SensorRange range, IReadOnlyList<SignalEvidence> all, ImportTally tally)
    {
        // Samples of three channels each.
        double values = 3.0 * tally.SamplesWritten;
        double accel = converter.AccelClipped / values;
        double gyro = converter.GyroClipped / values;
        double share = Math.Max(accel, gyro);
        if (!(share > WarningShare))
        {
            return null;
        }

        bool isAccel = accel >= gyro;
        double largest = all.Max(one => isAccel ? one.LargestG : one.LargestDps);
        (string sensor, string full, string unit) = isAccel ? ("accelerometer", $"±{range.AccelG} g", "g") : ("gyroscope", $"±{range.GyroDps} °/s", "°/s");
        string seen = $"{100 * share:0.#} % of the {sensor}'s values lie beyond {full} and were limited to it; the largest is {largest:0.#} {unit}";
        (string cause, string remedy) = largest > (isAccel ? HighestG : HighestDps)
            ? ($"no sensor on a body gives that, so the unit is wrong ({UnitNames.Of(all[0].Units.Accel)} and {UnitNames.Of(all[0].Units.Gyro)} were taken)",
                $"Give the unit of the {sensor} with {(isAccel ? "--accel-unit g, mg or m/s2" : "--gyro-unit rad/s, deg/s or mdps")}.")
            : ("the movements are wider than the range of the model's sensor",
                $"Train for a wider range with {(isAccel ? "--accel-range" : "--gyro-range")} {Wider(largest, isAccel)}.");
        var problem = new InputException($"{seen}: {cause}.", $"{remedy} --as-stated reads the values as they are.");
        if (share > ErrorShare)
        {
            return problem;
        }

        tally.Warn($"{problem.Message} {remedy}");
        return null;
    }

    private static int Wider(double largest, bool isAccel)
    {
        int[] ranges = isAccel ? [4, 8, 16] : [500, 1000, 2000];
        return ranges.FirstOrDefault(range => range >= largest, ranges[^1]);
    }
}
