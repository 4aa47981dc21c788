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
