namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>
/// Whether a signal can be what its units say. Gravity is the yardstick: the quieter half of any recording on a body has |a| near 1 g.
/// </summary>
internal static class PlausibilityCheck
{
    /// <summary>|a| in g that a quiet half may have: sensors err by a few percent, a run at constant pace adds up to a third.</summary>
    private const double LowestQuietG = 0.7;

    private const double HighestQuietG = 1.4;

    /// <summary>A still wearer does not rotate; gyroscope offsets reach some 10 °/s.</summary>
    private const double HighestStillDps = 40;

    /// <summary>A walking wearer's waist or wrist rotates by tens of °/s.</summary>
    private const double LowestMovingDps = 4;

    private const int FewestBlocks = 3;

    /// <summary>Throws when columns are exchanged or a unit is wrong; a signal too short to tell passes.</summary>
    /// <param name="signal">The signal in g and °/s, before gaps are filled.</param>
    /// <param name="units">The units it was read with.</param>
    /// <param name="fileName">Name for the message.</param>
    /// <exception cref="InputException">The signal contradicts its units; the remedy names the option that fits.</exception>
    public static void Verify(RawSignal signal, FileUnits units, string fileName)
    {
        var blocks = new MotionBlocks(signal);
        double quietG = blocks.QuietG;
        if (double.IsNaN(quietG))
        {
            return;
        }

        double rawAccel = quietG / units.ToG;
        double rawGyro = blocks.QuietDps / units.ToDps;
        if (!IsNearGravity(quietG) && IsNearGravity(rawGyro * units.ToG) && LooksLike(units, rawAccel) is null)
        {
            throw new InputException(
                $"'{fileName}': accelerometer and gyroscope look exchanged: at rest the gyroscope shows {rawGyro:0.00}, "
                + $"which is gravity, and the accelerometer {rawAccel:0.00}.",
                "Exchange the two files or the columns of the two sensors.");
        }

        if (!IsNearGravity(quietG))
        {
            throw WrongAccelUnit(fileName, units, rawAccel);
        }

        VerifyGyro(blocks, units, fileName);
    }

    private static bool IsNearGravity(double g) => g is > LowestQuietG and < HighestQuietG;

    /// <summary>The unit in which a resting acceleration of <paramref name="raw"/> is gravity, or null.</summary>
    private static AccelUnit? LooksLike(FileUnits units, double raw)
    {
        foreach (AccelUnit unit in Enum.GetValues<AccelUnit>())
        {
            if (IsNearGravity(raw * (units with { Accel = unit }).ToG))
            {
                return unit;
            }
        }

        return null;
    }

    private static InputException WrongAccelUnit(string fileName, FileUnits units, double raw)
    {
        string seen = $"'{fileName}': at rest the acceleration is {raw:0.###} {UnitNames.Of(units.Accel)} instead of 1 g";
        if (LooksLike(units, raw) is { } unit)
        {
            string name = UnitNames.Of(unit);
            return new InputException($"{seen}; the values look like {name}.", $"Read the data with --accel-unit {name}.");
        }

        if (IsNearGravity(raw / 1000))
        {
            return new InputException($"{seen}; the values look like thousandths of g.", "Divide the accelerometer columns by 1000.");
        }

        foreach (int rangeG in (int[])[2, 4, 8, 16])
        {
            if (IsNearGravity(raw * rangeG / 32768))
            {
                return new InputException(
                    $"{seen}; the values look like 16-bit counts at ±{rangeG} g.",
                    $"Divide the accelerometer columns by {32768 / rangeG} and read them with --accel-unit g.");
            }
        }

        return raw * units.ToG < LowestQuietG
            ? new InputException($"{seen}; gravity seems to have been removed.", "Export the accelerometer's own values, with gravity.")
            : new InputException($"{seen}.", "Give the unit of the accelerometer with --accel-unit g or m/s2, or convert the values.");
    }

    private static void VerifyGyro(MotionBlocks blocks, FileUnits units, string fileName)
    {
        double[] still = blocks.StillDps;
        double[] moving = blocks.MovingDps;
        double stillDps = MotionBlocks.Median(still);
        double movingDps = MotionBlocks.Median(moving);
        if (units.Gyro == GyroUnit.RadiansPerSecond && still.Length >= FewestBlocks && stillDps > HighestStillDps)
        {
            throw new InputException(
                $"'{fileName}': at rest the gyroscope shows {stillDps / units.ToDps:0.##} rad/s, which is {stillDps:0} °/s; the values look like deg/s.",
                "Read the data with --gyro-unit deg/s.");
        }

        if (units.Gyro == GyroUnit.DegreesPerSecond && moving.Length >= FewestBlocks && movingDps < LowestMovingDps)
        {
            throw new InputException(
                $"'{fileName}': in motion the gyroscope shows only {movingDps:0.##} °/s; the values look like rad/s.",
                "Read the data with --gyro-unit rad/s.");
        }
    }
}
