namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>
/// Whether recordings that were read with the same units can be what these say, judged on all of them together: gravity at rest, the gyroscope against
/// the direction of gravity. One recording that differs from the others is named and stays; only what most of them show is an error.
/// </summary>
internal static class UnitVerdict
{
    /// <summary>|a| in g that a second at rest may have: sensors err by some percent, worn ones by up to a quarter.</summary>
    private const double LowestRestG = 0.75;

    private const double HighestRestG = 1.33;

    /// <summary>Mean |a| in g without any rest: gravity at least, and less than sprinting at the wrist gives.</summary>
    private const double LowestMeanG = 0.5;

    private const double HighestMeanG = 5;

    private const int FewestSeconds = 3;

    /// <summary>The set's problem as an exception to throw or to tell, or null; odd recordings and missing evidence become warnings.</summary>
    public static InputException? Of(IReadOnlyList<SignalEvidence> all, ImportTally tally)
    {
        InputException? worst = null;
        foreach (var group in all.GroupBy(one => (one.Units.Accel, one.Units.Gyro, one.Units.Range)))
        {
            SignalEvidence[] same = [.. group];
            worst ??= Unsigned(same) ?? Accel(same, tally) ?? (same[0].Units.Gyro is null ? null : GyroVerdict.Of(same, tally));
        }

        return worst;
    }

    private static InputException? Unsigned(SignalEvidence[] same)
    {
        var unsigned = same.FirstOrDefault(one =>
            (one.Units.Accel == AccelUnit.Counts || one.Units.Gyro == GyroUnit.Counts) && one.LargestRaw > short.MaxValue);
        if (unsigned?.LargestRaw > ushort.MaxValue)
        {
            var isAccel = unsigned.Units.Accel == AccelUnit.Counts && unsigned.LargestG / unsigned.Units.ToG > short.MaxValue;
            return new InputException(
                $"'{unsigned.Origin.FileName}': values of up to {unsigned.LargestRaw:0} cannot be counts of 16 bits.",
                isAccel ? "Give the unit of the accelerometer with --accel-unit g, mg or m/s2." : "Give the unit of the gyroscope with --gyro-unit rad/s, deg/s or mdps.");
        }

        return unsigned is null ? null : new InputException(
            $"'{unsigned.Origin.FileName}': values of up to {unsigned.LargestRaw:0} cannot be counts of 16 bits with a sign: "
            + "above 32767 they are negative numbers (two's complement) that were read without their sign.",
            "Subtract 65536 from every value above 32767.");
    }

    private static InputException? Accel(SignalEvidence[] same, ImportTally tally)
    {
        var rest = SignalEvidence.Median(same.Where(one => one.RestG.Count >= FewestSeconds).Select(one => SignalEvidence.Median(one.RestG)));
        if (double.IsNaN(rest))
        {
            rest = SignalEvidence.Median(same.SelectMany(one => one.RestG));
        }

        if (Exchanged(same, rest) is { } exchanged)
        {
            return exchanged;
        }

        if (double.IsNaN(rest))
        {
            return InMotion(same, tally);
        }

        if (!IsGravity(rest))
        {
            return WrongUnit(same[0], rest, "at rest the acceleration is", "instead of 1 g");
        }

        foreach (var odd in same.Where(one => Exchanged([one], SignalEvidence.Median(one.RestG)) is not null))
        {
            tally.Warn($"'{odd.Origin.FileName}': accelerometer and gyroscope look exchanged, unlike in the rest of this set. It was read all the same.");
        }

        foreach (var odd in same.Where(one => one.RestG.Count >= FewestSeconds && !IsGravity(SignalEvidence.Median(one.RestG))))
        {
            var name = odd.Origin.FileName;
            tally.Warn($"'{name}': at rest the acceleration is {SignalEvidence.Median(odd.RestG):0.###} g, elsewhere in this set 1 g. It was read all the same; "
                + $"--leave-out {Path.GetFileName(name)} leaves it out.");
        }

        return null;
    }

    private static InputException? InMotion(SignalEvidence[] same, ImportTally tally)
    {
        var mean = SignalEvidence.Median(same.Select(one => one.MeanG).Where(double.IsFinite));
        if (double.IsNaN(mean))
        {
            return null;
        }

        if (mean is < LowestMeanG or > HighestMeanG)
        {
            return WrongUnit(same[0], mean, "the acceleration is", "on average, and gravity alone is 1 g");
        }

        tally.Warn("No second of these recordings is at rest, so nothing shows whether the unit of the accelerometer is correct.");
        return null;
    }

    /// <summary>The gyroscope gives gravity at rest and the accelerometer does not.</summary>
    private static InputException? Exchanged(SignalEvidence[] same, double rest)
    {
        SignalEvidence[] steady = [.. same.Where(one => one.SteadyDps.Count >= FewestSeconds)];
        if (steady.Length == 0 || 2 * steady.Length < same.Length || IsGravity(rest))
        {
            return null;
        }

        var units = steady[0].Units;
        var raw = SignalEvidence.Median(steady.SelectMany(one => one.SteadyDps)) / units.ToDps;
        var isCounts = units.Accel == AccelUnit.Counts;
        var isGravity = isCounts ? RangeOf(raw) is not null : LooksLike(units, raw) is { } unit && unit != AccelUnit.Counts;
        var hasGravity = !double.IsNaN(rest) && (LooksLike(units, rest / units.ToG) ?? (isCounts && RangeOf(rest / units.ToG) is not null ? units.Accel : null)) is not null;
        return !isGravity || hasGravity ? null : new InputException(
            $"'{steady[0].Origin.FileName}': accelerometer and gyroscope look exchanged: at rest the gyroscope shows {raw:0.00}, which is gravity.",
            "Exchange the two files or the columns of the two sensors.");
    }

    private static bool IsGravity(double g) => g is > LowestRestG and < HighestRestG;

    /// <summary>The unit in which an acceleration of <paramref name="raw"/> is gravity, or null.</summary>
    private static AccelUnit? LooksLike(FileUnits units, double raw)
    {
        foreach (var unit in Enum.GetValues<AccelUnit>())
        {
            if (IsGravity(raw * (units with { Accel = unit }).ToG))
            {
                return unit;
            }
        }

        return null;
    }

    /// <summary>The range at which so many counts are gravity; null for none.</summary>
    private static int? RangeOf(double counts) => ((int[])[2, 4, 8, 16]).Cast<int?>().FirstOrDefault(rangeG => IsGravity(counts * rangeG!.Value / 32768));

    private static InputException WrongUnit(SignalEvidence one, double g, string what, string instead)
    {
        var raw = g / one.Units.ToG;
        var seen = $"'{one.Origin.FileName}': {what} {raw:0.###} {UnitNames.Of(one.Units.Accel)} {instead}";
        if (LooksLike(one.Units, raw) is { } unit)
        {
            var name = unit == AccelUnit.MilliG ? "thousandths of g" : UnitNames.Of(unit);
            return new InputException($"{seen}; the values look like {name}.", $"Read the data with --accel-unit {UnitNames.Of(unit)}.");
        }

        if (RangeOf(raw) is { } rangeG)
        {
            return new InputException(
                $"{seen}; the values look like 16-bit counts at ±{rangeG} g.",
                one.Units.Accel == AccelUnit.Counts
                    ? $"Read the data with --file-accel-range {rangeG}."
                    : $"Divide the accelerometer columns by {32768 / rangeG} and read them with --accel-unit g.");
        }

        return g < LowestRestG
            ? new InputException($"{seen}; gravity seems to have been removed.", "Export the accelerometer's own values, with gravity.")
            : new InputException($"{seen}.", "Give the unit of the accelerometer with --accel-unit g, mg or m/s2, or convert the values.");
    }
}

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
        var values = 3.0 * tally.SamplesWritten;
        var accel = converter.AccelClipped / values;
        var gyro = converter.GyroClipped / values;
        var share = Math.Max(accel, gyro);
        if (!(share > WarningShare))
        {
            return null;
        }

        var isAccel = accel >= gyro;
        var largest = all.Max(one => isAccel ? one.LargestG : one.LargestDps);
        (var sensor, var full, var unit) = isAccel ? ("accelerometer", $"±{range.AccelG} g", "g") : ("gyroscope", $"±{range.GyroDps} °/s", "°/s");
        var seen = $"{100 * share:0.#} % of the {sensor}'s values lie beyond {full} and were limited to it; the largest is {largest:0.#} {unit}";
        (var cause, var remedy) = largest > (isAccel ? HighestG : HighestDps)
            ? ($"no sensor on a body gives that, so the unit is wrong ({all[0].Units.Names} were taken)",
                $"Give the unit of the {sensor} with {(isAccel ? "--accel-unit g, mg or m/s2" : "--gyro-unit rad/s, deg/s or mdps")}.")
            : ("the movements are wider than the range of the model's sensor",
                $"haredge train takes a wider range with {(isAccel ? "--accel-range" : "--gyro-range")} {Wider(largest, isAccel)}.");
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
