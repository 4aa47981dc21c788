using System.Text;

namespace HarEdge.Trainer.Tests.Teachers;

/// <summary>
/// Writes small ONNX files by hand: windows, reduced over time, times a matrix. The format is protocol buffers; the numbers are
/// those of onnx.proto3.
/// </summary>
internal sealed class TinyOnnx
{
    private const int Float = 1;

    /// <summary>Sizes of the input; −1 is free.</summary>
    public int[] Input { get; init; } = [-1, 128, 6];

    /// <summary>Axis of the input that is time.</summary>
    public int TimeAxis { get; init; } = 1;

    /// <summary>ONNX operator over time: ReduceMean, or ReduceL2 for root of the sum of squares.</summary>
    public string Reduction { get; init; } = "ReduceMean";

    /// <summary>6 × classes weights of the reduced channels, in the units the model wants.</summary>
    public required float[,] Weights { get; init; }

    /// <summary>True for probabilities, false for logits.</summary>
    public bool HasSoftmax { get; init; }

    /// <summary>What the file says about itself.</summary>
    public Dictionary<string, string> Metadata { get; init; } = [];

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes()
    {
        var classes = Weights.GetLength(1);
        var weights = Message(
            Varints(1, 6), Varints(1, classes), Varints(2, Float), Text(8, "weights"),
            Bytes(9, [.. Weights.Cast<float>().SelectMany(BitConverter.GetBytes)]));
        var mean = Message(
            Text(1, "window"), Text(2, "means"), Text(4, Reduction),
            Bytes(5, Message(Text(1, "axes"), Varints(8, TimeAxis), Varints(20, 7))),
            Bytes(5, Message(Text(1, "keepdims"), Varints(3, 0), Varints(20, 2))));
        var product = Message(Text(1, "means"), Text(1, "weights"), Text(2, HasSoftmax ? "logits" : "scores"), Text(4, "MatMul"));
        var softmax = Message(Text(1, "logits"), Text(2, "scores"), Text(4, "Softmax"));
        var graph = Message(
            Bytes(1, mean), Bytes(1, product), HasSoftmax ? Bytes(1, softmax) : [], Text(2, "tiny"), Bytes(5, weights),
            Bytes(11, Value("window", Input)), Bytes(12, Value("scores", [-1, classes])));
        return Message(
            Varints(1, 7), Bytes(7, graph), Bytes(8, Message(Text(1, ""), Varints(2, 13))),
            [.. Metadata.SelectMany(entry => Bytes(14, Message(Text(1, entry.Key), Text(2, entry.Value))))]);
    }

    private static byte[] Value(string name, int[] sizes)
    {
        var shape = sizes.SelectMany(size => Bytes(1, size < 0 ? Text(2, "n") : Varints(1, size))).ToArray();
        return Message(Text(1, name), Bytes(2, Message(Bytes(1, Message(Varints(1, Float), Bytes(2, shape))))));
    }

    private static byte[] Message(params byte[][] fields) => [.. fields.SelectMany(field => field)];

    private static byte[] Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Bytes(int field, byte[] content) => [.. Varint((field << 3) | 2), .. Varint(content.Length), .. content];

    private static byte[] Varints(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static IEnumerable<byte> Varint(int value)
    {
        for (; value > 127; value >>= 7)
        {
            yield return (byte)((value & 127) | 128);
        }

        yield return (byte)value;
    }
}
