using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Teachers.Onnx;

/// <summary>A finished model brought as a teacher, and what its file does not say.</summary>
/// <param name="Path">The .onnx file.</param>
public sealed record OnnxOptions(string Path)
{
    /// <summary>Unit the model expects of acceleration; null takes that of the file's metadata, or else g.</summary>
    public AccelUnit? AccelUnit { get; init; }

    /// <summary>Unit the model expects of rotation; null takes that of the file's metadata, or else rad/s.</summary>
    public GyroUnit? GyroUnit { get; init; }

    /// <summary>Names of the model's outputs in order; null takes those of the file's metadata, or else the order of the data's classes.</summary>
    public IReadOnlyList<string>? Classes { get; init; }
}
