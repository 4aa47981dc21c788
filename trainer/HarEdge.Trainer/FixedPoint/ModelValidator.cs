using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using HarEdge.Core;

namespace HarEdge.Trainer.FixedPoint;

/// <summary>
/// Proves a model sound before anything uses it: format, every index and range, trees that are trees with every leaf
/// reachable, and no overflow for any window, from the bounds the feature layout states.
/// </summary>
internal static partial class ModelValidator
{
    private const int MostClasses = 64;

    // GravityReference.Align takes components up to 2^23.
    private const int MostGravity = 1 << 23;
    private static readonly int[] WindowLengths = [64, 128, 256];

    // Full scales of the MPU6050: register map RM-MPU-6000A-00 §4.5 and §4.4.
    private static readonly int[] AccelRangesG = [2, 4, 8, 16];
    private static readonly int[] GyroRangesDps = [250, 500, 1000, 2000];

    /// <summary>Throws at the first thing wrong.</summary>
    /// <param name="model">The model; its id is not checked.</param>
    /// <param name="source">What the message calls it: the file's name.</param>
    /// <exception cref="InputException">Names the JSON path and the remedy.</exception>
    public static void Validate(FixedPointModel model, string source = "the model")
    {
        var check = new ModelCheck(source);
        check.Require(
            model.Format == FixedPointModel.CurrentFormat,
            "$.format",
            $"is {model.Format}; this version reads format {FixedPointModel.CurrentFormat}",
            "Train the model again with this version.");
        CheckSignal(check, model.Signal);
        CheckClasses(check, model.Classes);
        CheckNominalGravity(check, model.NominalGravity);
        var features = BoundsOfFeatures(check, model);
        CheckGate(check, model, features);
        var stageCheck = new StageCheck(check, model, features);
        for (var i = 0; i < model.Stages.Count; i++)
        {
            stageCheck.Run(model.Stages[i], $"$.stages[{i}]");
        }

        CheckUnknown(check, model, features);
        CheckTransitions(check, model);
    }

    private static void CheckSignal(ModelCheck check, SignalSettings signal)
    {
        var window = signal.WindowSamples;
        check.Require(WindowLengths.Contains(window), "$.signal.windowSamples", $"is {window}; windows have 64, 128 or 256 samples");
        var hop = signal.HopSamples;
        check.Require(
            hop >= 4 && hop <= window && int.IsPow2(hop), "$.signal.hopSamples", $"is {hop}; the hop is a power of two from 4 to the window's {window} samples");
        check.Require(
            signal.SampleRateHz == SensorScale.SampleRateHz, "$.signal.sampleRateHz", $"is {signal.SampleRateHz}; the device samples at {SensorScale.SampleRateHz} Hz");
        check.Require(
            AccelRangesG.Contains(signal.Range.AccelG), "$.signal.range.accelG", $"is {signal.Range.AccelG}; the MPU6050 has ±2, 4, 8 and 16 g");
        check.Require(
            GyroRangesDps.Contains(signal.Range.GyroDps), "$.signal.range.gyroDps", $"is {signal.Range.GyroDps}; the MPU6050 has ±250, 500, 1000 and 2000 °/s");
    }

    private static void CheckClasses(ModelCheck check, IReadOnlyList<string> classes)
    {
        check.Require(classes.Count is >= 2 and <= MostClasses, "$.classes", $"has {classes.Count} entries; a model separates 2 to {MostClasses} classes apart");
        for (var i = 0; i < classes.Count; i++)
        {
            check.Require(ClassName().IsMatch(classes[i]), $"$.classes[{i}]", $"is \"{classes[i]}\"; class names are upper-case letters, digits and underscores");
            check.Require(!classes.Take(i).Contains(classes[i]), $"$.classes[{i}]", $"is \"{classes[i]}\" a second time");
        }
    }

    private static List<Bounds> BoundsOfFeatures(ModelCheck check, FixedPointModel model)
    {
        var layout = model.NewLayout();
        var without = model.NominalGravity is null ? " without $.nominalGravity" : "";
        var bounds = new List<Bounds>();
        for (var i = 0; i < model.Features.Count; i++)
        {
            var name = model.Features[i];
            var feature = layout.Find(name);
            check.Require(feature is not null, $"$.features[{i}]", $"is \"{name}\", which windows of {model.Signal.WindowSamples} samples{without} do not have");
            check.Require(!model.Features.Take(i).Contains(name), $"$.features[{i}]", $"is \"{name}\" a second time");
            bounds.Add(Bounds.Of(feature));
        }

        return bounds;
    }

    private static void CheckGate(ModelCheck check, FixedPointModel model, List<Bounds> features)
    {
        TreeCheck.Run(check, [.. model.Gate.Select(TreeNode.Of)], features, "$.gate");
        var isReached = new bool[model.Stages.Count];
        for (var i = 0; i < model.Gate.Count; i++)
        {
            var node = model.Gate[i];
            if (node.Feature >= 0)
            {
                check.Require(node.Stage == -1, $"$.gate[{i}].stage", $"is {node.Stage} on a split; only leaves have a stage");
            }
            else
            {
                check.RequireIndex(node.Stage, model.Stages.Count, $"$.gate[{i}].stage", "stages");
                isReached[node.Stage] = true;
            }
        }

        var lost = Array.IndexOf(isReached, false);
        check.Require(lost < 0, $"$.stages[{lost}]", $"is not reached from any leaf of the gate");
    }

    private static void CheckUnknown(ModelCheck check, FixedPointModel model, List<Bounds> features)
    {
        var rule = model.Unknown;
        for (var i = 0; i < rule.Limits.Count; i++)
        {
            var path = $"$.unknown.limits[{i}]";
            var (feature, highest, lowest, stage) = rule.Limits[i];
            check.RequireIndex(feature, model.Features.Count, path + ".feature", "features");
            check.Require(
                !rule.Limits.Take(i).Any(limit => limit.Feature == feature && limit.Stage == stage), path + ".feature", $"is {feature} a second time");
            check.Require(highest is not null || lowest is not null, path, $"has neither a highest nor a lowest value");
            check.Require(
                highest is null || highest >= features[feature].Low, path + ".highest", $"is {highest}, below every possible value: no window would be known");
            check.Require(
                lowest is null || lowest <= features[feature].High, path + ".lowest", $"is {lowest}, above every possible value: no window would be known");
            if (stage is { } limited)
            {
                check.RequireIndex(limited, model.Stages.Count, path + ".stage", "stages");
            }
        }

        check.RequireCount(rule.LeastMarginOfStage.Count, model.Stages.Count, "$.unknown.leastMarginOfStage", "one for each stage");
        for (var i = 0; i < rule.LeastMarginOfStage.Count; i++)
        {
            check.RequireRange(rule.LeastMarginOfStage[i], 0, int.MaxValue, $"$.unknown.leastMarginOfStage[{i}]");
        }
    }

    private static void CheckNominalGravity(ModelCheck check, IReadOnlyList<int>? gravity)
    {
        if (gravity is null)
        {
            return;
        }

        check.RequireCount(gravity.Count, 3, "$.nominalGravity", "x, y and z");
        for (var axis = 0; axis < 3; axis++)
        {
            check.RequireRange(gravity[axis], -MostGravity, MostGravity, $"$.nominalGravity[{axis}]");
        }

        check.Require(gravity.Any(component => component != 0), "$.nominalGravity", $"is 0, 0, 0, which is no direction");
    }

    // Beliefs lie in DecisionFilter.Floor..0; with transitions above −2^20 their sums stay far inside int.
    private static void CheckTransitions(ModelCheck check, FixedPointModel model)
    {
        check.RequireCount(model.Transitions.Count, model.Classes.Count, "$.transitions", "one row for each class");
        for (var from = 0; from < model.Transitions.Count; from++)
        {
            check.RequireCount(model.Transitions[from].Count, model.Classes.Count, $"$.transitions[{from}]", "one for each class");
            for (var to = 0; to < model.Transitions[from].Count; to++)
            {
                check.RequireRange(model.Transitions[from][to], Classifier.NotScored, 0, $"$.transitions[{from}][{to}]");
            }
        }
    }

    [GeneratedRegex("^[A-Z][A-Z0-9_]{0,39}$")]
    private static partial Regex ClassName();
}

/// <summary>Where findings about a model go: the first one ends the check.</summary>
/// <param name="source">File the model came from, or "the model" for one just learned.</param>
internal sealed class ModelCheck(string source)
{
    public const string DefaultRemedy = "Train the model again, or restore the file from where it was made.";

    /// <summary>Throws unless the condition holds.</summary>
    /// <param name="holds">What must be true.</param>
    /// <param name="path">JSON path of the value, for example "$.stages[0].bias[2]".</param>
    /// <param name="finding">Rest of the sentence after the path, for example "is 7, but there are only 6 classes".</param>
    /// <param name="remedy">What to do; null for the usual advice.</param>
    public void Require([DoesNotReturnIf(false)] bool holds, string path, FormattableString finding, string? remedy = null)
    {
        if (!holds)
        {
            throw new InputException($"{source}: {path} {finding}.", remedy ?? DefaultRemedy);
        }
    }

    /// <summary>Throws unless low ≤ value ≤ high.</summary>
    public void RequireRange(long value, long low, long high, string path) =>
        Require(value >= low && value <= high, path, $"is {value}, outside {low} to {high}");

    /// <summary>Throws unless the value indexes a list of that many.</summary>
    public void RequireIndex(int value, int count, string path, string what) =>
        Require(value >= 0 && value < count, path, $"is {value}, but the model has {count} {what}, numbered from 0");

    /// <summary>Throws unless a list has that many entries.</summary>
    public void RequireCount(int count, int expected, string path, string reason) =>
        Require(count == expected, path, $"has {count} entries instead of {expected}, {reason}");
}
