using HarEdge.Core;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>Writes methods of straight code: the channels' samples, then every feature that is computed from them.</summary>
/// <param name="features">The model's features.</param>
/// <param name="plan">Which method computes which.</param>
internal sealed class KernelCode(IReadOnlyList<Feature> features, KernelPlan plan)
{
    // Declarations a line.
    private const int SamplesPerLine = 8;

    /// <summary>Writes the body of a method.</summary>
    /// <param name="writer">Receives the code.</param>
    /// <param name="method">What it computes.</param>
    /// <param name="calls">Features that kernels of Core compute after it.</param>
    public void Write(CodeWriter writer, KernelMethod method, IReadOnlyList<Feature> calls)
    {
        var ofMethod = method.Slots.Select(slot => features[slot]).ToList();
        var made = method.Channels.Where(method.IsMadeHere).ToList();

        // Converting a sample pays from the second product it takes part in.
        var isLong = method.AreLocals && ofMethod.Sum(KernelForms.ProductsPerSample) > method.Channels.Count;
        var locals = new HashSet<string>();
        var channels = method.Channels.ToDictionary(
            channel => channel,
            channel => new ChannelCode(channel, plan.Samples(channel), method.AreLocals, isLong, locals, writer, calls.Any(call => KernelForms.ReadsSum(call, channel))));
        if (method.AreLocals && method.Channels.Count > 0)
        {
            writer.Line("short[] samples;");
        }

        foreach (var channel in method.Channels.Except(made))
        {
            WriteSamples(writer, channel, channels[channel], method.AreLocals);
        }

        // After the coarse copies: filling them gives the sums, too.
        var ofGravity = method.Slots.Where(slot => KernelForms.IsOfGravity(features[slot])).ToList();
        if (made.Count > 0 || ofGravity.Count > 0)
        {
            GravityCode.WriteDirection(writer, made.Count > 0 ? [0, 1, 2] : ofGravity.SelectMany(slot => GravityCode.Axes(features[slot])).Distinct().Order());
            ofGravity.ForEach(slot => KernelForms.Write(writer, features[slot], slot, channels, isShared: false));
        }

        made.ForEach(channel => WriteAlongGravity(writer, channels, channel));

        // Sums over quarters first: the sum of all is made of them. Lags ascending: they share what they leave out at the ends.
        foreach (var slot in method.Slots.Except(ofGravity).OrderBy(slot => KernelForms.IsOfQuarters(features[slot]) ? 0 : 1)
            .ThenBy(slot => features[slot].Channel)
            .ThenBy(slot => KernelForms.Lag(features[slot]))
            .ThenBy(slot => features[slot].Index))
        {
            var feature = features[slot];
            KernelForms.Write(writer, feature, slot, channels, ofMethod.Count(other => KernelForms.ShareProducts(other, feature)) > 1);
        }
    }

    private static void WriteSamples(CodeWriter writer, int channel, ChannelCode code, bool areLocals)
    {
        var array = IsCoarseCopy(channel)
            ? $"window.Coarse({FeatureCode.ChannelName(channel - ChannelId.Coarse)})"
            : $"window.Channel({FeatureCode.ChannelName(channel)})";
        if (areLocals)
        {
            writer.Line($"samples = {array};");
            WriteDeclarations(writer, code, i => $"samples[{i}]");
        }
        else
        {
            writer.Line($"short[] {code.Name} = {array};");
        }
    }

    /// <summary>Whether a channel is the coarse copy of a measured one, which the model's own code fills.</summary>
    public static bool IsCoarseCopy(int channel) => channel is >= ChannelId.Coarse and < ChannelId.Coarse + SensorScale.ChannelCount;

    // As DerivedChannels.FillVertical: below 28,400, so nothing is cut off.
    private static void WriteAlongGravity(CodeWriter writer, Dictionary<int, ChannelCode> channels, int channel)
    {
        var axes = KernelPlan.AxesOf(channel).Select(axis => channels[axis]).ToArray();
        WriteDeclarations(writer, channels[channel], i => $"({string.Join(" + ", axes.Select((axis, a) => $"{axis[i]} * {GravityCode.Cosine(a)}"))}) >> 13");
    }

    /// <summary>Writes FillCoarse for a window and hop: without a loop for the samples that are new in each window; the earlier ones are filled after a gap only.</summary>
    public static void WriteFillCoarse(CodeWriter writer, int windowSamples, int hopSamples)
    {
        var count = windowSamples >> ChannelId.CoarseShift;
        var kept = (windowSamples - hopSamples) >> ChannelId.CoarseShift;
        writer.Line("");
        writer.Block("public override int FillCoarse(short[] target, int start, int end, short[] source)", () =>
        {
            if (kept > 0)
            {
                writer.Block($"if (start != {kept})", () => writer.Line("return base.FillCoarse(target, start, end, source);"));
                writer.Line("");
            }

            writer.Line("int sum = 0;");
            writer.Line("int four;");
            for (var i = kept; i < count; i++)
            {
                writer.Line($"four = {string.Join(" + ", Enumerable.Range(4 * i, 4).Select(at => $"source[{at}]"))};");
                writer.Line($"target[{i}] = (short)(four >> {ChannelId.CoarseShift});");
                writer.Line("sum += four;");
            }

            writer.Line("return sum;");
        });
    }

    private static void WriteDeclarations(CodeWriter writer, ChannelCode code, Func<int, string> value)
    {
        foreach (var line in Enumerable.Range(0, code.Count).Chunk(SamplesPerLine))
        {
            writer.Line($"{code.Type} {string.Join(", ", line.Select(i => $"{code[i]} = {value(i)}"))};");
        }
    }
}

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
