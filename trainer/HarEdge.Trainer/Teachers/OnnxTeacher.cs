using System.Security.Cryptography;
using HarEdge.Core;
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

/// <summary>Counts to the units a model was trained in.</summary>
/// <param name="Accel">Unit of acceleration.</param>
/// <param name="Gyro">Unit of rotation.</param>
internal sealed record OnnxUnits(AccelUnit Accel, GyroUnit Gyro)
{
    private const double StandardGravity = 9.80665;
    private const string MetadataKey = "units";

    /// <summary>As "g,rad/s".</summary>
    internal string Text => $"{UnitNames.Of(Accel)},{UnitNames.Of(Gyro)}";

    /// <summary>What the user said, else the file's metadata under "units" ("g,rad/s"), else g and rad/s.</summary>
    internal static OnnxUnits Of(OnnxOptions options, IReadOnlyDictionary<string, string> metadata)
    {
        var stated = metadata.TryGetValue(MetadataKey, out var text) ? text.Split(',') : [];
        return new OnnxUnits(
            options.AccelUnit ?? (stated.Length == 2 ? UnitNames.ParseAccel(stated[0]) : AccelUnit.G),
            options.GyroUnit ?? (stated.Length == 2 ? UnitNames.ParseGyro(stated[1]) : GyroUnit.RadiansPerSecond));
    }

    /// <summary>The other usual pairs.</summary>
    internal IEnumerable<OnnxUnits> Others =>
        from accel in new[] { AccelUnit.G, AccelUnit.MetersPerSecondSquared }
        from gyro in new[] { GyroUnit.RadiansPerSecond, GyroUnit.DegreesPerSecond }
        where accel != Accel || gyro != Gyro
        select new OnnxUnits(accel, gyro);

    /// <summary>Writes one window in these units, in the order a model wants.</summary>
    internal void WindowInto(WindowTable table, int row, SensorRange range, bool isChannelMajor, Span<float> values)
    {
        for (var channel = 0; channel < SensorScale.ChannelCount; channel++)
        {
            var counts = table.Samples(row, channel);
            var factor = channel < 3 ? AccelFactor(range) : GyroFactor(range);
            for (var i = 0; i < counts.Length; i++)
            {
                values[isChannelMajor ? (channel * counts.Length) + i : (i * SensorScale.ChannelCount) + channel] = (float)(counts[i] * factor);
            }
        }
    }

    private double AccelFactor(SensorRange range) => Accel switch
    {
        AccelUnit.G => 1.0 / SensorScale.AccelCountsPerG(range.AccelG),
        AccelUnit.MetersPerSecondSquared => StandardGravity / SensorScale.AccelCountsPerG(range.AccelG),
        _ => 1,
    };

    private double GyroFactor(SensorRange range)
    {
        var dpsPerCount = 10.0 / SensorScale.GyroCountsPer10Dps(range.GyroDps);
        return Gyro switch
        {
            GyroUnit.RadiansPerSecond => dpsPerCount * Math.PI / 180,
            GyroUnit.DegreesPerSecond => dpsPerCount,
            _ => 1,
        };
    }
}

/// <summary>
/// A model fed in wrong units, or whose outputs are named in the wrong order, does not fail: it is wrong, quietly. Its answers on
/// labelled windows of training people tell.
/// </summary>
internal static class OnnxPlausibility
{
    // Enough windows to tell 90 % from 60 %, few enough to try four pairs of units in a moment.
    private const int MostWindows = 600;
    private const double LeastAccuracy = 0.5;
    private const double ClearlyBetter = 0.1;

    /// <summary>Compares the answers with labels, and with those in other units and another order of classes.</summary>
    /// <param name="teacher">Scores windows in given units.</param>
    /// <param name="table">Labelled windows.</param>
    /// <param name="file">For messages.</param>
    /// <param name="units">Units in use.</param>
    /// <param name="names">Names of the model's outputs.</param>
    /// <exception cref="InputException">Others fit clearly better, or nothing fits (exit code 2).</exception>
    internal static void Check(
        Func<WindowTable, OnnxUnits, ClassScores> teacher, WindowTable table, string file, OnnxUnits units, IReadOnlyList<string> names)
    {
        var step = ((table.Rows - 1) / MostWindows) + 1;
        var sample = table.Select([.. Enumerable.Range(0, table.Rows).Where(row => row % step == 0)]);
        var scores = teacher(sample, units);
        var accuracy = Accuracy(scores, sample.Labels);
        var better = units.Others.Select(other => (Units: other, Accuracy: Accuracy(teacher(sample, other), sample.Labels))).MaxBy(tried => tried.Accuracy);
        if (better.Accuracy > accuracy + ClearlyBetter)
        {
            throw new InputException(
                $"'{file}' is correct on {accuracy:P0} of training windows in {units.Text}, and on {better.Accuracy:P0} in {better.Units.Text}.",
                $"Give --teacher-units {better.Units.Text}.",
                exitCode: 2);
        }

        if (accuracy >= LeastAccuracy)
        {
            return;
        }

        var order = MostFrequentLabels(scores, sample.Labels);
        var reordered = Enumerable.Range(0, sample.Rows).Average(row => order[ClassScores.ArgMax(scores[row])] == sample.Labels[row] ? 1.0 : 0.0);
        var suggestion = names.Select(name => Index(sample.Classes, name) is var c and >= 0 ? sample.Classes[order[c]] : name).ToList();
        throw new InputException(
            $"'{file}' is correct on only {accuracy:P0} of training windows.",
            order.Distinct().Count() == order.Length && reordered >= LeastAccuracy
                ? $"Its outputs look like another order of classes: --teacher-classes {string.Join(',', suggestion)} would be right on {reordered:P0}."
                : "State its classes in the order of its outputs with --teacher-classes, and its units with --teacher-units; it must have been made for this place on the body.",
            exitCode: 2);
    }

    private static double Accuracy(ClassScores scores, int[] labels) => 1 - ((double)scores.Errors(labels) / labels.Length);

    // For each answer the label most of its windows have.
    private static int[] MostFrequentLabels(ClassScores scores, int[] labels)
    {
        var counts = new int[scores.Classes, scores.Classes];
        for (var row = 0; row < scores.Rows; row++)
        {
            counts[ClassScores.ArgMax(scores[row]), labels[row]]++;
        }

        return [.. Enumerable.Range(0, scores.Classes).Select(answer => Enumerable.Range(0, scores.Classes).MaxBy(label => counts[answer, label]))];
    }

    private static int Index(IReadOnlyList<string> classes, string name) => Enumerable.Range(0, classes.Count).FirstOrDefault(i => classes[i] == name, -1);
}
