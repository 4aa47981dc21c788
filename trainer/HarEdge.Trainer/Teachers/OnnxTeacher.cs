using System.Security.Cryptography;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Teachers;

/// <summary>
/// A finished model, brought as an ONNX file. It learns nothing here: shape, units and class names are checked against the
/// training windows, and it answers. Whom it learned from nobody here knows, so its labels are not cross-fitted.
/// </summary>
/// <param name="options">The file, and what it does not say.</param>
/// <param name="range">Ranges of the counts.</param>
internal sealed class OnnxTeacher(OnnxOptions options, SensorRange range) : Teacher
{
    private const int HashDigits = 12;

    private readonly Lazy<string> name = new(() => $"{Path.GetFileName(options.Path)} ({Sha256(options.Path)[..HashDigits]})");

    /// <summary>The file's name and the first digits of its SHA-256.</summary>
    public override string Name => name.Value;

    /// <inheritdoc/>
    public override bool LearnsHere => false;

    /// <summary>Finds out whether a file is a model of the right form, before any work.</summary>
    /// <exception cref="InputException">It is not.</exception>
    public static void Verify(OnnxOptions options, int windowSamples)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var model = OnnxModel.Load(options.Path);
        _ = OnnxShape.Of(model.InputDimensions, windowSamples, model.File);
    }

    /// <inheritdoc/>
    public override CrossFittedLabels TrainAndCrossFit(
        WindowTable table,
        CrossFitFolds folds,
        int seed,
        WindowTable? further = null,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        progress?.Report(new StepProgress($"teacher: {Name}", 0));
        var teacher = Train(table, seed, cancellation);
        return new CrossFittedLabels(teacher, teacher.Probabilities(table), further is null ? null : teacher.Probabilities(further)) { AreCrossFitted = false };
    }

    /// <inheritdoc/>
    protected override TrainedTeacher Learn(WindowTable table, int seed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(table);
        var model = OnnxModel.Load(options.Path);
        try
        {
            var shape = OnnxShape.Of(model.InputDimensions, table.WindowSamples, model.File);
            var units = OnnxUnits.Of(options, model.Metadata);
            float[][] Outputs(WindowTable windows, OnnxUnits inUnits) => model.Run(
                windows.Rows, shape, windows.WindowSamples, (row, values) => inUnits.WindowInto(windows, row, range, shape.IsChannelMajor, values));
            var classes = OnnxClasses.Of(options, model, Outputs(table.Select([0]), units)[0].Length, table.Classes);
            OnnxPlausibility.Check((windows, inUnits) => classes.Scores(Outputs(windows, inUnits)), table, model.File, units, classes.Names);
            return new Trained(model, windows => classes.Scores(Outputs(windows, units)));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static string Sha256(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private sealed class Trained(OnnxModel model, Func<WindowTable, ClassScores> score) : TrainedTeacher
    {
        public override ClassScores Score(WindowTable table) => score(table);

        protected override void Dispose(bool disposing)
        {
            model.Dispose();
            base.Dispose(disposing);
        }
    }
}

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
