using HarEdge.Core;
using HarEdge.Core.Kernels;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>
/// One channel inside a method of straight code: its samples by constant index, and the values several kernels share, each written where
/// it is first asked for. Bounds are those of the kernels in Core, whose arithmetic this repeats.
/// </summary>
internal sealed class ChannelCode
{
    // Samples are added eight a line.
    private const int TermsPerLine = 8;

    private readonly int channel;
    private readonly bool isSumNoted;
    private readonly HashSet<string> locals;
    private readonly CodeWriter writer;
    private readonly HashSet<string> written = [];
    private int ends;

    /// <param name="channel">See <see cref="ChannelId"/>.</param>
    /// <param name="count">Its samples.</param>
    /// <param name="areLocals">Whether each sample is a local, or an element of the channel's array.</param>
    /// <param name="isLong">Whether locals are long: then products need no conversion.</param>
    /// <param name="locals">Names that the method has declared, of all its channels.</param>
    /// <param name="writer">Receives the code.</param>
    /// <param name="isSumNoted">Whether the window is told the sum, for kernels of Core that are called later.</param>
    public ChannelCode(int channel, int count, bool areLocals, bool isLong, HashSet<string> locals, CodeWriter writer, bool isSumNoted = false)
    {
        this.isSumNoted = isSumNoted && areLocals;
        this.locals = locals;
        this.channel = channel;
        Name = ChannelId.Name(channel);
        Count = count;
        Shift = FixedMath.BitLength(count) - 1;
        IsLong = isLong;
        AreLocals = areLocals;
        this.writer = writer;
    }

    /// <summary>As in names of features: "gx4".</summary>
    public string Name { get; }

    /// <summary>Samples, a power of two.</summary>
    public int Count { get; }

    /// <summary>log2 of <see cref="Count"/>.</summary>
    public int Shift { get; }

    /// <summary>Whether samples and their sum are long.</summary>
    public bool IsLong { get; }

    /// <summary>Whether each sample is a local.</summary>
    public bool AreLocals { get; }

    /// <summary>Type of samples, sums and means.</summary>
    public string Type => IsLong ? "long" : "int";

    /// <summary>The expression of a sample.</summary>
    public string this[int index] => AreLocals ? $"{Name}_{index}" : $"{Name}[{index}]";

    /// <summary>A local that many kernels use, one after the other: declared where it is first set. The compiler gives each declaration a place of its own.</summary>
    public string Local(string type, string name) => locals.Add(name) ? $"{type} {name}" : name;

    /// <summary>Sum of the samples, at most 2^23.</summary>
    /// <param name="ofParts">Sums over the earlier and the later half, where a kernel has them.</param>
    public string Sum((string Earlier, string Later)? ofParts = null)
    {
        var isNew = !written.Contains("Sum");
        if (isNew && isSumNoted)
        {
            ofParts = (Once("Earlier", Type, () => ofParts?.Earlier ?? Total(Enumerable.Range(0, Count / 2))), ofParts?.Later ?? Total(Enumerable.Range(Count / 2, Count / 2)));
        }

        var sum = Once(
            "Sum",
            Type,
            () => ofParts is (var earlier, var later) ? $"{earlier} + {later}" : AreLocals ? Total(Enumerable.Range(0, Count)) : $"window.Sum({FeatureCode.ChannelName(channel)})");
        if (isNew && isSumNoted)
        {
            var cast = IsLong ? "(int)" : "";
            writer.Line($"window.NoteSum({FeatureCode.ChannelName(channel)}, {cast}{Name}Earlier, {cast}{sum});");
        }

        return sum;
    }

    /// <summary>Sum of some samples.</summary>
    public string Total(IEnumerable<int> samples) => Add([.. samples.Select(i => this[i])]);

    /// <summary>The rounded mean.</summary>
    public string Mean() => Once("Mean", Type, () => $"({Sum()} + {Count / 2}) >> {Shift}");

    /// <summary>n² times the variance, below 2^46: a long.</summary>
    public string Variance() => Once("Variance", "long", () => $"(({Products(0, this)}) << {Shift}) - {Long(Sum())} * {Sum()}");

    /// <summary>Its root, below 2^23: a long.</summary>
    public string Deviation() => Once("Deviation", "long", () => $"FixedMath.Sqrt({Variance()})");

    /// <summary>Σ (x[i] − m)(x[i + lag] − m), exact: a long below 2^38.</summary>
    /// <param name="lag">In samples; no smaller one may follow.</param>
    /// <param name="isShared">Whether it will be asked for again: then it gets a local of its own.</param>
    public string LagProducts(int lag, bool isShared)
    {
        var mean = Mean();
        string Value()
        {
            AddEnds(lag);
            return $"{Products(lag, this)}\n    - {Long(mean)} * (2 * {Sum()} - {Name}Ends) + {Long(mean)} * {mean} * {Count - lag}";
        }

        return Shared($"Lag{lag}", isShared, Value);
    }

    /// <summary>n² times the covariance with another channel, below 2^46: a long.</summary>
    /// <param name="other">Of the same rate.</param>
    /// <param name="isShared">Whether it will be asked for again: then it gets a local of its own.</param>
    public string CrossProducts(ChannelCode other, bool isShared)
    {
        var sums = $"{Long(Sum())} * {other.Sum()}";
        return Shared($"With{char.ToUpperInvariant(other.Name[0])}{other.Name[1..]}", isShared, () => $"(({Products(0, other)}) << {Shift}) - {sums}");
    }

    private string Shared(string what, bool isShared, Func<string> value) => isShared ? Once(what, "long", value) : $"({value()})";

    /// <summary>A declaration, written the first time; gives the local's name.</summary>
    private string Once(string what, string type, Func<string> value)
    {
        var local = Name + what;
        if (written.Add(what))
        {
            // What the value itself needs is written first.
            var text = value();
            writer.Text($"{type} {local} = {text};");
        }

        return local;
    }

    // The first and last samples, which a lag leaves out of one of the two sums; those of a longer lag are added to it.
    private void AddEnds(int lag)
    {
        if (lag > ends)
        {
            writer.Text($"{(ends == 0 ? Type + " " : "")}{Name}Ends {(ends == 0 ? "=" : "+=")} {Total(Enumerable.Range(ends, lag - ends).Concat(Enumerable.Range(Count - lag, lag - ends)))};");
            ends = lag;
        }
    }

    private string Products(int lag, ChannelCode other)
    {
        var terms = Enumerable.Range(0, Count - lag).Select(i => $"{this[i]} * {other[i + lag]}").ToList();
        if (!IsLong)
        {
            // A product is at most 2^30, two together are not: they are added as longs.
            terms[0] = $"(long)({terms[0]})";
        }

        return Add(terms);
    }

    private string Long(string value) => IsLong ? value : "(long)" + value;

    private static string Add(IEnumerable<string> terms) => string.Join("\n    + ", terms.Chunk(TermsPerLine).Select(line => string.Join(" + ", line)));
}

/// <summary>Where gravity points, once in a method: the direction of the window's mean acceleration.</summary>
internal static class GravityCode
{
    private const int CosineScale = 64 * Tilt.CosineOne;

    /// <summary>Declares what features and vertical channels use.</summary>
    /// <param name="writer">Receives the code.</param>
    /// <param name="axes">0 to 2: those whose cosine is needed.</param>
    public static void WriteDirection(CodeWriter writer, IEnumerable<int> axes)
    {
        // Sums are at most 2^23: squares together below 2^48, times 2^12 below 2^60; as in Tilt.
        writer.Text("""
            long sumX = window.Sum(ChannelId.Ax);
            long sumY = window.Sum(ChannelId.Ay);
            long sumZ = window.Sum(ChannelId.Az);
            int length64 = FixedMath.Sqrt((sumX * sumX + sumY * sumY + sumZ * sumZ) << 12);
            """);
        foreach (var axis in axes)
        {
            writer.Line($"int {Cosine(axis)} = length64 == 0 ? 0 : FixedMath.Clamp((int)(sum{"XYZ"[axis]} * {CosineScale} / length64), -{Tilt.CosineOne}, {Tilt.CosineOne});");
        }
    }

    /// <summary>The local of an axis.</summary>
    public static string Cosine(int axis) => "cosine" + "XYZ"[axis];

    /// <summary>Axes whose cosines a feature needs.</summary>
    public static IEnumerable<int> Axes(Feature feature) => feature.Kernel == Tilt.DirectionCosine ? [feature.Channel - ChannelId.Ax] : [];

    /// <summary>Writes the line that sets a feature.</summary>
    public static void Write(CodeWriter writer, Feature feature, string target, string comment)
    {
        if (feature.Kernel == Tilt.DirectionCosine)
        {
            writer.Line($"{target} = {Cosine(feature.Channel - ChannelId.Ax)};{comment}");
            return;
        }

        // |a − u|² = 1 + u² − 2 a·u in Q24, as in Tilt.
        var (x, y, z) = (Component(ChannelId.Ax), Component(ChannelId.Ay), Component(ChannelId.Az));
        int Component(int axis) => Tilt.Component(feature.Parameter, axis);
        writer.Line($"long square = length64 == 0 ? {Tilt.CosineOne << 12} : {Tilt.CosineOne * Tilt.CosineOne + x * x + y * y + z * z} - (sumX * {x} + sumY * {y} + sumZ * {z}) * {2 * CosineScale} / length64;");
        writer.Line($"{target} = square < 0 ? 0 : (int)(square >> 12);{comment}");
    }
}
