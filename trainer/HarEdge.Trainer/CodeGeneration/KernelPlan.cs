using HarEdge.Core;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>
/// Decides which features become straight code, under a budget, and which of them share a method: kernels of one channel do, so that its
/// samples are taken into locals once.
/// </summary>
internal sealed class KernelPlan
{
    /// <summary>Most bytes of IL in straight kernels, about: what they save for each byte gets small beyond.</summary>
    public const int MostBytes = 24 * 1024;

    // A branch reaches 32 kB; half of it leaves room for estimates.
    private const int MostBytesPerMethod = 14 * 1024;

    // The device takes 255 locals: a channel needs five besides its samples, or six, kernels and gravity some twenty together.
    private const int MostChannelLocals = 222;
    private const int LocalsOfChannel = 5;

    // Longer channels stay in their arrays.
    private const int MostSamplesInLocals = 64;

    private const int SharedBytes = 80;

    private readonly IReadOnlyList<Feature> features;
    private readonly int windowSamples;
    private readonly HashSet<int> isCall = [];

    /// <param name="features">The model's features.</param>
    /// <param name="windowSamples">Of the model.</param>
    /// <param name="parts">For the gate and each stage the features computed there.</param>
    /// <param name="mostBytes">The budget.</param>
    public KernelPlan(IReadOnlyList<Feature> features, int windowSamples, IReadOnlyList<IReadOnlyList<int>> parts, int mostBytes)
    {
        this.features = features;
        this.windowSamples = windowSamples;

        // What saves most for its bytes comes first; a channel along gravity first of all, since a call of Core would fill it another time.
        var left = (long)mostBytes;
        var all = parts.SelectMany((part, number) => part.Select(slot => (Slot: slot, Saved: SavedPerByte(slot, number == 0, parts.Count - 1))));
        foreach (var slot in all.OrderByDescending(item => item.Saved).ThenBy(item => item.Slot).Select(item => item.Slot))
        {
            left -= KernelForms.IsCall(features[slot]) ? 0 : Bytes(slot);
            if (left < 0 || KernelForms.IsCall(features[slot]))
            {
                isCall.Add(slot);
            }
        }

        Methods = [.. parts.Select(part => Pack([.. part.Where(slot => !isCall.Contains(slot))]))];
    }

    /// <summary>Whether a channel lies along gravity.</summary>
    public static bool IsVertical(int channel) => channel % ChannelId.Coarse >= ChannelId.AccelVertical;

    /// <summary>The three channels that one along gravity is made of.</summary>
    public static int[] AxesOf(int vertical)
    {
        var first = vertical - vertical % ChannelId.Coarse + (vertical % ChannelId.Coarse == ChannelId.AccelVertical ? ChannelId.Ax : ChannelId.Gx);
        return [first, first + 1, first + 2];
    }

    /// <summary>For each part the methods of straight code.</summary>
    public IReadOnlyList<IReadOnlyList<KernelMethod>> Methods { get; }

    /// <summary>Whether a feature is a call of its kernel in Core.</summary>
    public bool IsCall(int slot) => isCall.Contains(slot);

    /// <summary>Number of samples of a channel.</summary>
    public int Samples(int channel) => channel >= ChannelId.Coarse ? windowSamples >> ChannelId.CoarseShift : windowSamples;

    private bool AreLocals(Feature feature) => KernelForms.Channels(feature).All(channel => Samples(channel) <= MostSamplesInLocals && channel >= ChannelId.Coarse);

    private int Locals(int channel) => Samples(channel) + LocalsOfChannel;

    // Windows that go another way have nothing of a stage's code; nothing is known of how many do.
    private double SavedPerByte(int slot, bool isGate, int stages)
    {
        var feature = features[slot];
        var (bytes, saved) = KernelForms.PerSample(feature, AreLocals(feature));
        return KernelForms.IsOfGravity(feature) || (AreLocals(feature) && KernelForms.Channels(feature).Any(IsVertical)) ? double.MaxValue : saved / bytes / (isGate ? 1 : stages);
    }

    // With what it shares with others: loads of samples, sums, means and ends.
    private int Bytes(int slot)
    {
        var feature = features[slot];
        return SharedBytes + KernelForms.Channels(feature).Take(1).Sum(channel => Samples(channel) * (1 + KernelForms.PerSample(feature, AreLocals(feature)).Bytes));
    }

    // Features of several channels first, then each of one channel to a method that has it.
    private List<KernelMethod> Pack(IReadOnlyList<int> slots)
    {
        var methods = new List<KernelMethod>();
        foreach (var slot in slots.OrderByDescending(slot => Needed(slot).Length).ThenBy(slot => features[slot].Channel).ThenBy(slot => features[slot].Index))
        {
            var needed = Needed(slot);
            var method = methods.Where(candidate => HasRoom(candidate, slot, needed))
                .MaxBy(candidate => needed.Length > 0 ? candidate.Channels.Intersect(needed).Count() : candidate.Channels.Count(candidate.IsMadeHere));
            if (method is null)
            {
                method = new KernelMethod(AreLocals(features[slot]));
                methods.Add(method);
            }

            method.Slots.Add(slot);
            method.Channels.UnionWith(needed);
            method.Bytes += Bytes(slot);
        }

        methods.ForEach(method => method.Slots.Sort((a, b) => (features[a].Channel, features[a].Index).CompareTo((features[b].Channel, features[b].Index))));

        // Coarse copies of all axes first: their sums come along, and what is derived from them finds them filled.
        return [.. methods.OrderBy(method => method.Channels.Count > 0 && method.Channels.All(KernelCode.IsCoarseCopy) && !method.Slots.Any(slot => KernelForms.IsOfGravity(features[slot])) ? 0 : 1)];
    }

    private bool HasRoom(KernelMethod method, int slot, int[] needed) =>
        method.AreLocals == AreLocals(features[slot])
        && method.Bytes + Bytes(slot) <= MostBytesPerMethod
        && (!method.AreLocals || method.Channels.Union(needed).Sum(Locals) <= MostChannelLocals)
        && (needed.Length == 0 || method.Channels.Overlaps(needed));

    // A coarse channel along gravity is made of three others where all have room as locals; else it is an array like any other.
    private int[] Needed(int slot)
    {
        var channels = KernelForms.Channels(features[slot]);
        var withAxes = channels.SelectMany(channel => IsVertical(channel) ? AxesOf(channel) : []).Concat(channels).Distinct().ToArray();
        return AreLocals(features[slot]) && withAxes.Sum(Locals) <= MostChannelLocals ? withAxes : channels;
    }
}

/// <summary>Features that one method of straight code computes.</summary>
/// <param name="areLocals">Whether samples are taken into locals.</param>
internal sealed class KernelMethod(bool areLocals)
{
    /// <summary>Whether samples are taken into locals.</summary>
    public bool AreLocals { get; } = areLocals;

    /// <summary>Channels whose samples it reads.</summary>
    public SortedSet<int> Channels { get; } = [];

    /// <summary>The features it sets.</summary>
    public List<int> Slots { get; } = [];

    /// <summary>Bytes of IL, about.</summary>
    public int Bytes { get; set; }

    /// <summary>Whether a channel along gravity is computed from the three it is made of, which are here, too.</summary>
    public bool IsMadeHere(int channel) => AreLocals && KernelPlan.IsVertical(channel) && Channels.IsSupersetOf(KernelPlan.AxesOf(channel));
}
