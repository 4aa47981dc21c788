using HarEdge.Core;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>
/// Several kernels of one channel in one loop, where the code budget has no room for straight code: each sample is read once for all of them. The same
/// integers as the kernels in Core, whose bounds hold.
/// </summary>
internal static class LoopCode
{
    /// <summary>Most bytes of IL in such loops: beyond, straight code saves more.</summary>
    public const int MostBytes = 1024;

    private const int SamplesPerTurn = 4;

    // A loop's start, end and results; reading a sample; crossings, of which straight code has another form.
    private const int BytesOfLoop = 60;
    private const int BytesOfSample = 8;
    private const int BytesOfCrossing = 40;

    /// <summary>Which kernels share loops: two or more of a channel in the gate or a stage, first what saves most for a byte.</summary>
    /// <param name="features">The model's features.</param>
    /// <param name="parts">For the gate and each stage those that no straight code computes.</param>
    /// <param name="mostBytes">The budget.</param>
    /// <returns>For each part the loops, each with its features, by channel.</returns>
    public static ILookup<int, int[]> Plan(IReadOnlyList<Feature> features, IReadOnlyList<IReadOnlyList<int>> parts, int mostBytes)
    {
        int Bytes(int[] loop) => BytesOfLoop + SamplesPerTurn * (BytesOfSample + loop.Sum(slot => KernelForms.Family(features[slot]) == "Moments.MeanCrossings"
            ? BytesOfCrossing
            : KernelForms.PerSample(features[slot], areLocals: true).Bytes));
        var left = mostBytes;
        bool Fits(int bytes)
        {
            var fits = bytes <= left;
            left -= fits ? bytes : 0;
            return fits;
        }

        return parts
            .SelectMany((part, number) => part.Where(slot => Takes(features[slot])).GroupBy(slot => features[slot].Channel)
                .Where(group => group.Count() > 1)
                .Select(group => (Part: number, Slots: group.OrderBy(slot => features[slot].Index).ToArray())))
            .OrderByDescending(loop => (loop.Slots.Length - 1.0) / Bytes(loop.Slots)).ThenBy(loop => loop.Part).ThenBy(loop => loop.Slots[0])
            .Where(loop => Fits(Bytes(loop.Slots)))
            .OrderBy(loop => features[loop.Slots[0]].Channel)
            .ToLookup(loop => loop.Part, loop => loop.Slots);
    }

    // It takes one sample after the other and keeps a few numbers.
    private static bool Takes(Feature feature) => KernelForms.Family(feature)
        is "Moments.Minimum" or "Moments.Maximum" or "Moments.AbsoluteDeviation" or "Moments.MeanCrossings" or "Jerk.AbsoluteSum" or "Jerk.Maximum";

    /// <summary>Writes the body of a method.</summary>
    /// <param name="writer">Receives the code.</param>
    /// <param name="kernels">Of one channel, at most one of a family, with their places in the features.</param>
    /// <param name="samples">Of the channel, a multiple of four.</param>
    public static void Write(CodeWriter writer, IReadOnlyList<(Feature Feature, int Slot)> kernels, int samples)
    {
        var slots = kernels.ToDictionary(kernel => KernelForms.Family(kernel.Feature), kernel => kernel.Slot);
        var channel = FeatureCode.ChannelName(kernels[0].Feature.Channel);
        writer.Line($"short[] samples = window.Channel({channel});");
        writer.Line("int x0, x1, x2, x3 = samples[0];");
        WriteStart(writer, slots, channel);
        writer.Block($"for (int i = 0; i < {samples}; i += {SamplesPerTurn})", () =>
        {
            for (var i = 0; i < SamplesPerTurn; i++)
            {
                writer.Line($"x{i} = samples[i{(i == 0 ? "" : $" + {i}")}];");
                WriteSample(writer, slots, $"x{i}", $"x{(i + SamplesPerTurn - 1) % SamplesPerTurn}");
            }
        });
        foreach (var (feature, slot) in kernels)
        {
            writer.Line($"features[{slot}] = {Result(KernelForms.Family(feature), channel, samples)}; // {feature.Name}, {feature.Unit}");
        }
    }

    private static void WriteStart(CodeWriter writer, Dictionary<string, int> slots, string channel)
    {
        void When(string family, string line)
        {
            if (slots.ContainsKey(family))
            {
                writer.Line(line);
            }
        }

        if (slots.ContainsKey("Moments.AbsoluteDeviation") || slots.ContainsKey("Moments.MeanCrossings"))
        {
            writer.Line($"int mean = window.Mean({channel});");
        }

        When("Moments.Minimum", "int minimum = x3;");
        When("Moments.Maximum", "int maximum = x3;");
        When("Moments.AbsoluteDeviation", "int below = 0;");
        When("Moments.MeanCrossings", "int crossings = 0;");
        When("Moments.MeanCrossings", "bool above = x3 >= mean;");
        When("Jerk.AbsoluteSum", "int rises = 0;");
        When("Jerk.Maximum", "int rise = 0, fall = 0, difference;");
    }

    // The first sample is compared with itself.
    private static void WriteSample(CodeWriter writer, Dictionary<string, int> slots, string x, string before)
    {
        var (addsRises, findsSteepest) = (slots.ContainsKey("Jerk.AbsoluteSum"), slots.ContainsKey("Jerk.Maximum"));
        if (slots.ContainsKey("Moments.Minimum"))
        {
            writer.Line($"if ({x} < minimum) {{ minimum = {x}; }}");
        }

        if (slots.ContainsKey("Moments.Maximum"))
        {
            writer.Line($"if ({x} > maximum) {{ maximum = {x}; }}");
        }

        if (slots.ContainsKey("Moments.AbsoluteDeviation"))
        {
            writer.Line($"if ({x} < mean) {{ below += mean - {x}; }}");
        }

        if (slots.ContainsKey("Moments.MeanCrossings"))
        {
            writer.Line($"if (above) {{ if ({x} < mean) {{ above = false; crossings++; }} }} else if ({x} >= mean) {{ above = true; crossings++; }}");
        }

        if (findsSteepest)
        {
            writer.Line($"difference = {x} - {before};");
            writer.Line(addsRises
                ? "if (difference > 0) { rises += difference; if (difference > rise) { rise = difference; } } else if (difference < fall) { fall = difference; }"
                : "if (difference > rise) { rise = difference; } else if (difference < fall) { fall = difference; }");
        }
        else if (addsRises)
        {
            writer.Line($"if ({x} > {before}) {{ rises += {x} - {before}; }}");
        }
    }

    private static string Result(string family, string channel, int samples) => family switch
    {
        "Moments.Minimum" => "minimum",
        "Moments.Maximum" => "maximum",
        "Moments.AbsoluteDeviation" => $"window.Sum({channel}) - {samples} * mean + 2 * below",
        "Moments.MeanCrossings" => "crossings",
        "Jerk.AbsoluteSum" => "2 * rises - (x3 - samples[0])",
        _ => "rise > -fall ? rise : -fall",
    };
}
