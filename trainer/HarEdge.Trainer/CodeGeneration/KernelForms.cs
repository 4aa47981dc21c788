using HarEdge.Core;
using HarEdge.Core.Kernels;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>
/// The straight form of each kernel family: the same integers as the kernel in Core, without its loop, calls and indexes that are
/// computed. A family that is missing here is refused by name.
/// </summary>
internal static class KernelForms
{
    // Of Goertzel's coefficient, as in Core.
    private const int CosineBits = 14;

    private const int SamplesPerTurn = 8;

    /// <summary>Whether a kernel's form is a call of Core: it reads what the window keeps, or sorts, which in straight code is 3 kB a channel.</summary>
    public static bool IsCall(Feature feature) => Family(feature) is "Moments.Sum" or "OrderStatistics.Quantile" or "OrderStatistics.Range";

    /// <summary>Whether a kernel needs no samples, only where gravity points.</summary>
    public static bool IsOfGravity(Feature feature) => feature.Kernel.Method.DeclaringType == typeof(Tilt);

    /// <summary>Whether a kernel compares the sums of quarters.</summary>
    public static bool IsOfQuarters(Feature feature) => feature.Kernel.Method.DeclaringType == typeof(Drift);

    /// <summary>Whether the kernel in Core asks the window for the sum of squares.</summary>
    public static bool ReadsSquares(Feature feature) => Family(feature) is "Moments.Variance" or "Autocovariance.Normalized" or "Covariance.Correlation";

    /// <summary>Whether the kernel in Core asks the window for the sum of a channel.</summary>
    public static bool ReadsSum(Feature feature, int channel) =>
        Channels(feature).Contains(channel)
        && Family(feature) is not ("Moments.Minimum" or "Moments.Maximum" or "Jerk.AbsoluteSum" or "Jerk.Maximum" or "Drift.QuarterRange" or "OrderStatistics.Quantile" or "OrderStatistics.Range");

    /// <summary>The lag of an autocovariance; 0 of other kernels.</summary>
    public static int Lag(Feature feature) => feature.Kernel.Method.DeclaringType == typeof(Autocovariance) ? feature.Parameter : 0;

    /// <summary>Whether two kernels are made from the same products of samples, as covariance and correlation of two channels.</summary>
    public static bool ShareProducts(Feature a, Feature b) =>
        a.Kernel.Method.DeclaringType == b.Kernel.Method.DeclaringType && a.Channel == b.Channel && a.Parameter == b.Parameter;

    /// <summary>The channels whose samples a kernel reads.</summary>
    public static int[] Channels(Feature feature) =>
        IsOfGravity(feature) ? [] : feature.Kernel.Method.DeclaringType == typeof(Covariance) ? [feature.Channel, feature.Parameter] : [feature.Channel];

    /// <summary>How often a kernel multiplies two numbers for each sample: long samples pay when that is more than once.</summary>
    public static int ProductsPerSample(Feature feature) => Family(feature) switch
    {
        "Moments.Variance" or "Autocovariance.AtLag" or "Autocovariance.Normalized" or "Covariance.OfChannels" or "Goertzel.BinPower" => 1,
        "Covariance.Correlation" => 3,
        "Goertzel.BandPower" => Bins(feature.Parameter).Count(),
        _ => 0,
    };

    /// <summary>What the straight form takes and saves for each sample, by the weights of the kinds of instructions in both forms.</summary>
    /// <param name="feature">One that is no call.</param>
    /// <param name="areLocals">Whether samples are locals (2 bytes, weight 0.8) or elements by constant index (5 bytes, weight 2.6); in Core's loops a sample weighs 4.1.</param>
    /// <returns>Bytes of IL, and weight saved.</returns>
    public static (int Bytes, double Saved) PerSample(Feature feature, bool areLocals)
    {
        if (Family(feature) == "Moments.MeanCrossings" && !areLocals)
        {
            // Eight a turn.
            return (3, 3.2);
        }

        var (locals, saved, samples) = Family(feature) switch
        {
            "Drift.QuarterRange" => (3, 4.4, 1),
            "Autocovariance.AtLag" or "Autocovariance.Normalized" or "Covariance.OfChannels" or "Covariance.Correlation" => (6, 9.3, 2),
            "Moments.Variance" => (9, 10.0, 3),
            "Moments.Minimum" or "Moments.Maximum" => (10, 6.0, 1),
            "Jerk.AbsoluteSum" => (16, 7.0, 3),
            "Moments.AbsoluteDeviation" => (16, 5.9, 2),
            "Goertzel.BinPower" => (19, 6.1, 1),
            "Goertzel.BandPower" => (19 * Bins(feature.Parameter).Count(), 6.1 * Bins(feature.Parameter).Count(), 1),
            "Jerk.Maximum" => (26, 5.6, 2),
            _ => (15, 1.3, 2),
        };
        return areLocals ? (locals, saved) : (locals + 3 * samples, saved - 1.8 * samples);
    }

    /// <summary>Writes the line that sets a feature, and what it needs before.</summary>
    /// <param name="writer">Receives the code.</param>
    /// <param name="feature">One that is no call.</param>
    /// <param name="slot">Its place in the features.</param>
    /// <param name="channels">The channels it reads, by their number.</param>
    /// <param name="isShared">Whether another feature of the method reads the same products.</param>
    /// <exception cref="InputException">The generator has no form for the kernel.</exception>
    public static void Write(CodeWriter writer, Feature feature, int slot, IReadOnlyDictionary<int, ChannelCode> channels, bool isShared)
    {
        var target = $"features[{slot}]";
        var comment = $" // {feature.Name}, {feature.Unit}";
        if (IsOfGravity(feature))
        {
            GravityCode.Write(writer, feature, target, comment);
            return;
        }

        var x = channels[feature.Channel];
        switch (Family(feature))
        {
            case "Moments.Variance":
                writer.Line($"{target} = (int)({x.Variance()} >> {2 * x.Shift});{comment}");
                break;
            case "Moments.Minimum" or "Moments.Maximum":
                WriteExtreme(writer, x, feature.Kernel == Moments.Minimum ? '<' : '>', target, comment);
                break;
            case "Moments.AbsoluteDeviation":
                WriteDeviation(writer, x, target, comment);
                break;
            case "Moments.MeanCrossings":
                WriteCrossings(writer, x, target, comment);
                break;
            case "Jerk.AbsoluteSum":
                WriteRises(writer, x, target, comment);
                break;
            case "Jerk.Maximum":
                WriteSteepest(writer, x, target, comment);
                break;
            case "Drift.QuarterRange":
                WriteQuarterRange(writer, x, target, comment);
                break;
            case "Autocovariance.AtLag":
                writer.Line($"{target} = (int)({x.LagProducts(feature.Parameter, isShared)} >> {x.Shift});{comment}");
                break;
            case "Autocovariance.Normalized":
                WriteRatio(writer, x, $"({x.LagProducts(feature.Parameter, isShared)} << {x.Shift})", x.Variance(), target, comment);
                break;
            case "Covariance.OfChannels":
                writer.Line($"{target} = (int)({x.CrossProducts(channels[feature.Parameter], isShared)} >> {2 * x.Shift});{comment}");
                break;
            case "Covariance.Correlation":
                var y = channels[feature.Parameter];
                WriteRatio(writer, x, x.CrossProducts(y, isShared), $"({x.Deviation()} * {y.Deviation()})", target, comment);
                break;
            case "Goertzel.BinPower":
                WriteBand(writer, x, [feature.Parameter], target, comment);
                break;
            case "Goertzel.BandPower":
                WriteBand(writer, x, Bins(feature.Parameter), target, comment);
                break;
            default:
                throw new InputException(
                    $"The generator has no straight form of the kernel {Family(feature)}, which {feature.Name} needs.",
                    "Write one in trainer/HarEdge.Trainer/CodeGeneration/KernelForms.cs.");
        }
    }

    /// <summary>Type and method of a kernel.</summary>
    public static string Family(Feature feature) => feature.Kernel.Method.DeclaringType!.Name + "." + feature.Kernel.Method.Name;

    private static IEnumerable<int> Bins(int band) => Enumerable.Range(band >> 8, (band & 255) - (band >> 8) + 1);

    private static void WriteExtreme(CodeWriter writer, ChannelCode x, char relation, string target, string comment)
    {
        writer.Line($"{x.Local(x.Type, "best")} = {x[0]};");
        for (var i = 1; i < x.Count; i++)
        {
            writer.Line($"if ({x[i]} {relation} best) {{ best = {x[i]}; }}");
        }

        writer.Line($"{target} = {Int(x, "best")};{comment}");
    }

    // Samples below the mean alone: the plain differences add up to sum − n · mean.
    private static void WriteDeviation(CodeWriter writer, ChannelCode x, string target, string comment)
    {
        var (sum, mean) = (x.Sum(), x.Mean());
        writer.Line($"{x.Local(x.Type, "below")} = 0;");
        for (var i = 0; i < x.Count; i++)
        {
            writer.Line($"if ({x[i]} < {mean}) {{ below += {mean} - {x[i]}; }}");
        }

        writer.Line($"{target} = {Int(x, $"{sum} - {x.Count} * {mean} + 2 * below")};{comment}");
    }

    // Neighbors on different sides of the mean differ in sign: their exclusive or is negative.
    private static void WriteCrossings(CodeWriter writer, ChannelCode x, string target, string comment)
    {
        var mean = x.Mean();
        if (!x.AreLocals)
        {
            WriteCrossingsInTurns(writer, x, mean, target, comment);
            return;
        }

        var bits = x.IsLong ? 63 : 31;
        writer.Line($"{x.Local(x.Type, "even")} = {x[0]} - {mean};");
        writer.Line($"{x.Local(x.Type, "odd")} = {x[1]} - {mean};");
        writer.Line($"{x.Local(x.Type, "crossings")} = (even ^ odd) >> {bits};");
        for (var i = 2; i < x.Count; i++)
        {
            writer.Line($"{(i % 2 == 0 ? "even" : "odd")} = {x[i]} - {mean};");
            writer.Line($"crossings += (even ^ odd) >> {bits};");
        }

        writer.Line($"{target} = {Int(x, "-crossings")};{comment}");
    }

    // Elements are dear: each is read once, eight a turn. The first is compared with itself.
    private static void WriteCrossingsInTurns(CodeWriter writer, ChannelCode x, string mean, string target, string comment)
    {
        writer.Line($"{x.Local("int", "crossings")} = 0;");
        writer.Line($"{x.Local("bool", "above")} = {x[0]} >= {mean};");
        writer.Block($"for (int i = 0; i < {x.Count}; i += {SamplesPerTurn})", () =>
        {
            for (var i = 0; i < SamplesPerTurn; i++)
            {
                var sample = i == 0 ? $"{x.Name}[i]" : $"{x.Name}[i + {i}]";
                writer.Line($"if (above) {{ if ({sample} < {mean}) {{ above = false; crossings++; }} }} else if ({sample} >= {mean}) {{ above = true; crossings++; }}");
            }
        });
        writer.Line($"{target} = crossings;{comment}");
    }

    // Rises alone: the plain differences add up to last − first.
    private static void WriteRises(CodeWriter writer, ChannelCode x, string target, string comment)
    {
        writer.Line($"{x.Local(x.Type, "rises")} = 0;");
        for (var i = 1; i < x.Count; i++)
        {
            writer.Line($"if ({x[i]} > {x[i - 1]}) {{ rises += {x[i]} - {x[i - 1]}; }}");
        }

        writer.Line($"{target} = {Int(x, $"2 * rises - ({x[x.Count - 1]} - {x[0]})")};{comment}");
    }

    private static void WriteSteepest(CodeWriter writer, ChannelCode x, string target, string comment)
    {
        writer.Line($"{x.Local(x.Type, "rise")} = 0;");
        writer.Line($"{x.Local(x.Type, "fall")} = 0;");
        for (var i = 1; i < x.Count; i++)
        {
            writer.Line($"{x.Local(x.Type, "difference")} = {x[i]} - {x[i - 1]};");
            writer.Line("if (difference > rise) { rise = difference; } else if (difference < fall) { fall = difference; }");
        }

        writer.Line($"{target} = {Int(x, "rise > -fall ? rise : -fall")};{comment}");
    }

    // The sum of all is made of the quarters.
    private static void WriteQuarterRange(CodeWriter writer, ChannelCode x, string target, string comment)
    {
        var quarter = x.Count / 4;
        for (var i = 0; i < 4; i++)
        {
            writer.Line($"{x.Local(x.Type, $"quarter{i}")} = {x.Total(Enumerable.Range(i * quarter, quarter))};");
        }

        x.Sum(x.AreLocals ? ("quarter0 + quarter1", "quarter2 + quarter3") : null);
        writer.Line($"{x.Local(x.Type, "smallest")} = quarter0;");
        writer.Line($"{x.Local(x.Type, "largest")} = quarter0;");
        for (var i = 1; i < 4; i++)
        {
            writer.Line($"if (quarter{i} < smallest) {{ smallest = quarter{i}; }} else if (quarter{i} > largest) {{ largest = quarter{i}; }}");
        }

        writer.Line($"{target} = {Int(x, "largest - smallest")};{comment}");
    }

    // Q12, limited to ±1; 0 without a denominator. Numerators stay below 2^46, times 2^12 below 2^58.
    private static void WriteRatio(CodeWriter writer, ChannelCode x, string numerator, string denominator, string target, string comment)
    {
        const int One = Autocovariance.NormalizedOne;
        writer.Text($"{x.Local("long", "divisor")} = {denominator};");
        writer.Text($"{x.Local("long", "ratio")} = divisor == 0 ? 0 : {numerator} * {One} / divisor;");
        writer.Line($"{target} = ratio > {One} ? {One} : ratio < -{One} ? -{One} : (int)ratio;{comment}");
    }

    private static void WriteBand(CodeWriter writer, ChannelCode x, IEnumerable<int> bins, string target, string comment)
    {
        writer.Line($"{x.Local("long", "offset")} = {x.Mean()} << 2;");
        writer.Line($"{x.Local("long", "band")} = 0;");
        foreach (var bin in bins)
        {
            WriteBin(writer, x, bin);
        }

        writer.Line($"{target} = FixedMath.Saturate(band);{comment}");
    }

    // Goertzel's recurrence in quarter counts; the first step starts from rest.
    private static void WriteBin(CodeWriter writer, ChannelCode x, int bin)
    {
        writer.Line($"{x.Local("long", "twoCosine")} = {2 * Goertzel.Cosine(bin << (8 - x.Shift))}; // bin {bin}, Q14");
        writer.Line($"{x.Local("long", "before")} = ({x[0]} << 2) - offset;");
        writer.Line($"{x.Local("long", "last")} = ((twoCosine * before) >> {CosineBits}) + ({x[1]} << 2) - offset;");
        for (var i = 2; i < x.Count; i += 2)
        {
            writer.Line($"before = ((twoCosine * last) >> {CosineBits}) - before + ({x[i]} << 2) - offset;");
            writer.Line($"last = ((twoCosine * before) >> {CosineBits}) - last + ({x[i + 1]} << 2) - offset;");
        }

        writer.Line($"{x.Local("long", "power")} = (last * last + before * before - ((twoCosine * last) >> {CosineBits}) * before) >> {2 * x.Shift + 4};");
        writer.Line("band += power < 0 ? 0 : FixedMath.Saturate(power);");
    }

    private static string Int(ChannelCode x, string value) => x.IsLong ? $"(int)({value})" : value;
}
