using HarEdge.Core;
using HarEdge.Core.Kernels;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>Writes what fills features: straight kernels, calls of Core where the plan says so, and the zeros of those a stage leaves out.</summary>
internal sealed class FeatureCode
{
    // A call takes at most 17 bytes of IL.
    private const int MostCallsPerMethod = 300;

    // Array.Clear takes 4 instructions and a call, a single zero takes 4 instructions.
    private const int ClearPaysFrom = 4;

    private readonly IReadOnlyList<Feature> features;
    private readonly MethodQueue methods;
    private readonly KernelPlan plan;
    private readonly KernelCode kernels;
    private readonly ILookup<int, int[]> loops;
    private readonly bool readsCoarseCopies;
    private readonly Dictionary<string, string> written = [];

    /// <param name="features">The model's features in its own numbering.</param>
    /// <param name="windowSamples">Of the model.</param>
    /// <param name="parts">The features of the gate, and of each stage.</param>
    /// <param name="kernelBytes">Most bytes of IL in straight kernels.</param>
    /// <param name="methods">Where straight kernels and overlong lists of calls go.</param>
    public FeatureCode(IReadOnlyList<Feature> features, int windowSamples, IReadOnlyList<IReadOnlyList<int>> parts, int kernelBytes, MethodQueue methods)
    {
        this.features = features;
        this.methods = methods;
        var loopBytes = Math.Min(kernelBytes / 16, LoopCode.MostBytes);
        plan = new KernelPlan(features, windowSamples, parts, kernelBytes - loopBytes);
        loops = LoopCode.Plan(features, [.. parts.Select(part => part.Where(plan.IsCall).ToList())], loopBytes);
        kernels = new KernelCode(features, plan);
        readsCoarseCopies = plan.Methods.SelectMany(part => part).SelectMany(method => method.Channels).Any(KernelCode.IsCoarseCopy);
    }

    /// <summary>Fills the features of a part from the window.</summary>
    /// <param name="writer">Receives the calls.</param>
    /// <param name="part">0 for the gate, then the stages.</param>
    /// <param name="slots">The part's features.</param>
    /// <param name="methodPrefix">Begins the names of its methods.</param>
    public void WriteCalls(CodeWriter writer, int part, IEnumerable<int> slots, string methodPrefix)
    {
        // What the gate notes of a window holds in every stage.
        List<Feature> later = [.. (part == 0 ? Enumerable.Range(0, features.Count) : slots).Where(plan.IsCall).Select(slot => features[slot])];
        foreach (var (method, number) in plan.Methods[part].Select((method, number) => (method, number)))
        {
            var body = CodeWriter.Capture(body => kernels.Write(body, method, later));
            WriteCall(writer, body, $"{methodPrefix}Kernels{number}", method.Slots);
        }

        // Copies that only kernels of Core read are filled by the model's own code, too.
        var filled = plan.Methods[part].SelectMany(method => method.Channels);
        var calls = slots.Where(plan.IsCall).ToList();
        writer.Lines(calls.Where(_ => readsCoarseCopies).SelectMany(slot => KernelForms.Channels(features[slot])).Where(KernelCode.IsCoarseCopy).Except(filled).Order()
            .Select(channel => $"window.Coarse({ChannelName(channel - ChannelId.Coarse)});"));
        foreach (var loop in loops[part])
        {
            var channel = features[loop[0]].Channel;
            var body = CodeWriter.Capture(body => LoopCode.Write(body, [.. loop.Select(slot => (features[slot], slot))], plan.Samples(channel)));
            WriteCall(writer, body, $"{methodPrefix}LoopOf{char.ToUpperInvariant(ChannelId.Name(channel)[0])}{ChannelId.Name(channel)[1..]}", loop);
        }

        WriteCoreCalls(writer, calls.Except(loops[part].SelectMany(loop => loop)), methodPrefix);
    }

    // Stages that compute the same from a channel share the method.
    private void WriteCall(CodeWriter writer, IReadOnlyList<string> body, string name, IEnumerable<int> slots)
    {
        var text = string.Join('\n', body);
        if (written.TryGetValue(text, out var same))
        {
            name = same;
        }
        else
        {
            written.Add(text, name);
            methods.Add($"private static void {name}(SampleWindow window, int[] features)", writer => writer.Lines(body));
        }

        writer.Line($"{name}(window, features); // {string.Join(", ", slots.Select(slot => features[slot].Name))}");
    }

    // Sorted so that calls which share work (a sorted channel) follow each other.
    private void WriteCoreCalls(CodeWriter writer, IEnumerable<int> slots, string methodPrefix)
    {
        var ordered = slots.OrderBy(slot => features[slot].Kernel.Method.DeclaringType!.Name, StringComparer.Ordinal)
            .ThenBy(slot => features[slot].Channel)
            .ThenBy(slot => features[slot].Index)
            .ToList();
        if (ordered.Count <= MostCallsPerMethod)
        {
            writer.Lines(ordered.Select(Call));
            return;
        }

        foreach (var (part, number) in ordered.Chunk(MostCallsPerMethod).Select((part, number) => (part, number)))
        {
            writer.Line($"{methodPrefix}Features{number}(window, features);");
            methods.Add($"private static void {methodPrefix}Features{number}(SampleWindow window, int[] features)", body => body.Lines(part.Select(Call)));
        }
    }

    /// <summary>Says which derived channels the kernels read; measured ones are always there.</summary>
    public void WriteReadsChannel(CodeWriter writer)
    {
        var channels = plan.Methods.SelectMany(part => part).SelectMany(method => method.Channels.Where(channel => !method.IsMadeHere(channel)))
            .Concat(features.Where((_, slot) => plan.IsCall(slot)).SelectMany(KernelForms.Channels))
            .Where(channel => channel >= SensorScale.ChannelCount)
            .Distinct().Order().ToList();
        writer.Block("public override bool ReadsChannel(int channel)", () =>
        {
            if (channels.Count > 0)
            {
                writer.Block("switch (channel)", () =>
                {
                    // One body each, as in SwitchCode.
                    writer.Lines(channels.SelectMany(channel => new[] { $"case {ChannelName(channel)}:", "    return true;" }));
                });
                writer.Line("");
            }

            writer.Line($"return channel < {nameof(SensorScale)}.{nameof(SensorScale.ChannelCount)};");
        });
    }

    /// <summary>Says what the window need not have: a place to sort where no feature is a quantile, sums of squares where no call of Core asks for one.</summary>
    public void WriteNeedless(CodeWriter writer)
    {
        WriteFalse(writer, "ReadsGyroscope", features.Any(feature => FixedPointModel.ReadsGyroscopeFeature(feature.Name)));
        WriteFalse(writer, "ReadsQuantiles", features.Any(feature => feature.Kernel.Method.DeclaringType == typeof(OrderStatistics)));
        WriteFalse(writer, "ReadsSquares", features.Where((_, slot) => plan.IsCall(slot)).Any(KernelForms.ReadsSquares));
    }

    private static void WriteFalse(CodeWriter writer, string property, bool isNeeded)
    {
        if (!isNeeded)
        {
            writer.Line("");
            writer.Block($"public override bool {property}", () => writer.Line("get { return false; }"));
        }
    }

    /// <summary>Writes what fills coarse copies, where a straight kernel reads one.</summary>
    public void WriteFillCoarse(CodeWriter writer, SignalSettings signal)
    {
        if (readsCoarseCopies)
        {
            KernelCode.WriteFillCoarse(writer, signal.WindowSamples, signal.HopSamples);
        }
    }

    /// <summary>Zeroes slots; neighbors together, and with what lies between them where that is computed afterwards.</summary>
    /// <param name="writer">Receives the code.</param>
    /// <param name="slots">Ascending.</param>
    /// <param name="setAfterwards">Slots that may be zeroed, too.</param>
    public static void WriteZeros(CodeWriter writer, IReadOnlyList<int> slots, IReadOnlyCollection<int> setAfterwards)
    {
        for (var first = 0; first < slots.Count;)
        {
            var end = first + 1;
            while (end < slots.Count && Enumerable.Range(slots[end - 1] + 1, slots[end] - slots[end - 1] - 1).All(setAfterwards.Contains))
            {
                end++;
            }

            if (end - first >= ClearPaysFrom)
            {
                writer.Line($"System.Array.Clear(features, {slots[first]}, {slots[end - 1] + 1 - slots[first]});");
            }
            else
            {
                writer.Lines(slots.Skip(first).Take(end - first).Select(slot => $"features[{slot}] = 0;"));
            }

            first = end;
        }
    }

    private string Call(int slot)
    {
        var feature = features[slot];
        var method = feature.Kernel.Method;
        if (feature.Kernel == Moments.Sum)
        {
            return $"features[{slot}] = window.Sum({ChannelName(feature.Channel)}); // {feature.Name}, {feature.Unit}";
        }

        var parameter = method.DeclaringType == typeof(Covariance) ? ChannelName(feature.Parameter) : feature.Parameter.ToString();
        return $"features[{slot}] = {method.DeclaringType!.Name}.{method.Name}(window, {ChannelName(feature.Channel)}, {parameter}); // {feature.Name}, {feature.Unit}";
    }

    /// <summary>The constant of a channel.</summary>
    public static string ChannelName(int channel) =>
        (channel >= ChannelId.Coarse ? "ChannelId.Coarse + " : "") + "ChannelId." + (channel % ChannelId.Coarse) switch
        {
            ChannelId.Ax => nameof(ChannelId.Ax),
            ChannelId.Ay => nameof(ChannelId.Ay),
            ChannelId.Az => nameof(ChannelId.Az),
            ChannelId.Gx => nameof(ChannelId.Gx),
            ChannelId.Gy => nameof(ChannelId.Gy),
            ChannelId.Gz => nameof(ChannelId.Gz),
            ChannelId.AccelMagnitude => nameof(ChannelId.AccelMagnitude),
            ChannelId.GyroMagnitude => nameof(ChannelId.GyroMagnitude),
            ChannelId.AccelVertical => nameof(ChannelId.AccelVertical),
            _ => nameof(ChannelId.GyroVertical),
        };
}
