namespace HarEdge.Trainer.Teachers.Onnx;

/// <summary>How a model wants windows: batch × samples × channels, or batch × channels × samples.</summary>
/// <param name="IsChannelMajor">True when all samples of a channel follow each other.</param>
/// <param name="FixedBatch">Windows the model takes at a time, or null for any number.</param>
internal sealed record OnnxShape(bool IsChannelMajor, int? FixedBatch)
{
    private const int Channels = 6;

    /// <summary>Reads the shape of a model's input; a size below 1 is free.</summary>
    /// <exception cref="InputException">It has no place for windows of six channels.</exception>
    internal static OnnxShape Of(IReadOnlyList<int> dimensions, int windowSamples, string file)
    {
        int? batch = dimensions.Count > 0 && dimensions[0] > 0 ? dimensions[0] : null;
        bool Fits(int size) => size < 1 || size == windowSamples;
        if (dimensions.Count == 3 && dimensions[2] == Channels && Fits(dimensions[1]))
        {
            return new OnnxShape(IsChannelMajor: false, batch);
        }

        if (dimensions.Count == 3 && dimensions[1] == Channels && Fits(dimensions[2]))
        {
            return new OnnxShape(IsChannelMajor: true, batch);
        }

        var otherWindow = dimensions.Count != 3 ? 0
            : dimensions[2] == Channels ? dimensions[1]
            : dimensions[1] == Channels ? dimensions[2]
            : 0;
        throw new InputException(
            $"'{file}' takes an input of shape [{string.Join(", ", dimensions.Select(size => size < 1 ? "any" : size.ToString(System.Globalization.CultureInfo.InvariantCulture)))}], "
            + $"not [batch, {windowSamples}, {Channels}] or [batch, {Channels}, {windowSamples}].",
            otherWindow is 64 or 128 or 256
                ? $"Train with --window {otherWindow}, the window it was made for."
                : $"Export it for windows of {windowSamples} samples at 50 Hz of ax ay az gx gy gz.",
            exitCode: 2);
    }
}
