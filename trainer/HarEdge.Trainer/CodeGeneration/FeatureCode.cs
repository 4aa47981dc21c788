using HarEdge.Core;
using HarEdge.Core.Kernels;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>Writes the kernel calls that fill features, and the zeros of those a stage leaves out.</summary>
/// <param name="features">The model's features in its own numbering.</param>
/// <param name="methods">Where overlong lists of calls go.</param>
internal sealed class FeatureCode(IReadOnlyList<Feature> features, MethodQueue methods)
{
    // A call takes at most 17 bytes of IL.
    private const int MostCallsPerMethod = 300;

    // Array.Clear takes 4 instructions and a call, a single zero takes 4 instructions.
    private const int ClearPaysFrom = 4;

    /// <summary>Fills slots from the window, sorted so that calls which share work (a sorted channel) follow each other.</summary>
    public void WriteCalls(CodeWriter writer, IEnumerable<int> slots, string methodPrefix)
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
        var channels = features.Select(feature => feature.Channel)
            .Concat(features.Where(feature => feature.Kernel.Method.DeclaringType == typeof(Covariance)).Select(feature => feature.Parameter))
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

    /// <summary>Says that nothing is sorted, where no feature is a quantile.</summary>
    public void WriteReadsQuantiles(CodeWriter writer)
    {
        if (features.Any(feature => feature.Kernel.Method.DeclaringType == typeof(OrderStatistics)))
        {
            return;
        }

        writer.Line("");
        writer.Block("public override bool ReadsQuantiles", () => writer.Line("get { return false; }"));
    }

    /// <summary>Zeroes slots; neighbors together.</summary>
    public static void WriteZeros(CodeWriter writer, IReadOnlyList<int> slots)
    {
        for (var first = 0; first < slots.Count;)
        {
            var end = first + 1;
            while (end < slots.Count && slots[end] == slots[end - 1] + 1)
            {
                end++;
            }

            if (end - first >= ClearPaysFrom)
            {
                writer.Line($"System.Array.Clear(features, {slots[first]}, {end - first});");
            }
            else
            {
                writer.Lines(Enumerable.Range(slots[first], end - first).Select(slot => $"features[{slot}] = 0;"));
            }

            first = end;
        }
    }

    private string Call(int slot)
    {
        var feature = features[slot];
        var method = feature.Kernel.Method;
        var parameter = method.DeclaringType == typeof(Covariance) ? ChannelName(feature.Parameter) : feature.Parameter.ToString();
        return $"features[{slot}] = {method.DeclaringType!.Name}.{method.Name}(window, {ChannelName(feature.Channel)}, {parameter}); // {feature.Name}, {feature.Unit}";
    }

    private static string ChannelName(int channel) =>
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
