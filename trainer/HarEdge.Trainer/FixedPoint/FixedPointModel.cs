using System.Text.Json.Serialization;
using HarEdge.Core;
using HarEdge.Core.Kernels;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.FixedPoint;

/// <summary>
/// The distilled model: a decision tree (the gate) whose leaves are stages. A stage names the features it needs and scores the
/// classes. Everything is an integer; the generated code computes exactly this.
/// </summary>
public sealed record FixedPointModel
{
    /// <summary>Version of this format; readers refuse any other.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Format version of the file.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>First 12 hex digits of the SHA-256 of the canonical JSON without id, manifest and scores reached.</summary>
    public string Id { get; init; } = "";

    /// <summary>What the window is made of; the firmware configures the sensor from it.</summary>
    public required SignalSettings Signal { get; init; }

    /// <summary>Class names, upper case with underscores.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Names of the features (see FeatureLayout) in the model's own numbering; everything below indexes this list.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Nodes of the gate; the first is the root. A node is a split or leads to a stage.</summary>
    public required IReadOnlyList<GateNode> Gate { get; init; }

    /// <summary>The gate's leaves.</summary>
    public required IReadOnlyList<Stage> Stages { get; init; }

    /// <summary>When a window counts as none of the classes.</summary>
    public required UnknownRule Unknown { get; init; }

    /// <summary>
    /// Class × class log probabilities of moving between windows, in score steps (1/256 of a natural logarithm), 0 or below;
    /// all zero switches the temporal filter off.
    /// </summary>
    public required IReadOnlyList<IReadOnlyList<int>> Transitions { get; init; }

    /// <summary>
    /// Direction of gravity x, y, z while training people stood still, in counts: what wear calibration turns measured gravity
    /// onto. Null when the data has nobody standing; then the device refuses to calibrate.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? NominalGravity { get; init; }

    /// <summary><see cref="NominalGravity"/> as a parameter of <see cref="FeatureLayout"/>; 0 without one.</summary>
    [JsonIgnore]
    public int Upright => NominalGravity is [var x, var y, var z] ? Tilt.Pack(x, y, z) : 0;

    /// <summary>The features that windows of its length have, as a new list.</summary>
    internal FeatureLayout NewLayout() => new(Signal.WindowSamples, Upright);

    /// <summary>Whether any feature reads the gyroscope; without one the device puts the gyroscope to standby.</summary>
    [JsonIgnore]
    public bool ReadsGyroscope => Features.Any(ReadsGyroscopeFeature);

    /// <summary>Whether a feature reads the gyroscope; the channels it reads follow the first dot of its name.</summary>
    internal static bool ReadsGyroscopeFeature(string name) => name.Split('.').Skip(1).Any(channel => channel.StartsWith('g'));

    /// <summary>Whether the model measures its wearer's tilt from upright, which wants the wearer calibrated.</summary>
    [JsonIgnore]
    public bool MeasuresLean => Features.Contains(FeatureLayout.LeanName);

    /// <summary>Where the training data came from: files with hashes, counts, subjects, split, seed, command. Not part of the id.</summary>
    public TrainingManifest? Manifest { get; init; }
}

/// <summary>Window, hop and sensor ranges.</summary>
public sealed record SignalSettings(int WindowSamples, int HopSamples, int SampleRateHz, SensorRange Range);

/// <summary>
/// Split: go to <paramref name="Left"/> when the feature is at most the threshold, else to <paramref name="Right"/> (node
/// indices above this one). Leaf: <paramref name="Stage"/> is a stage's index and the rest −1/0.
/// </summary>
public sealed record GateNode(int Feature, int Threshold, int Left, int Right, int Stage)
{
    /// <summary>A leaf.</summary>
    public static GateNode Leaf(int stage) => new(-1, 0, -1, -1, stage);

    /// <summary>A split.</summary>
    public static GateNode Split(int feature, int threshold, int left, int right) => new(feature, threshold, left, right, -1);
}

/// <summary>
/// A window is unknown when any limited feature leaves its limits, or when the margin is below the stage's least margin.
/// Limits and margins are chosen on training people for a stated share of known windows.
/// </summary>
public sealed record UnknownRule(IReadOnlyList<FeatureLimit> Limits, IReadOnlyList<int> LeastMarginOfStage)
{
    /// <summary>Every window is known.</summary>
    public static UnknownRule None(int stages) => new([], new int[stages]);
}

/// <summary>Values of a feature in a known window.</summary>
/// <param name="Feature">Index in the model's own numbering.</param>
/// <param name="Highest">Highest value; null for no upper limit.</param>
/// <param name="Lowest">Lowest value; null for no lower limit.</param>
/// <param name="Stage">Index of the stage whose windows are limited, which then computes the feature; null for every window.</param>
public sealed record FeatureLimit(
    int Feature,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Highest = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Lowest = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Stage = null)
{
    /// <summary>Whether a window of a stage stays within.</summary>
    /// <param name="stage">The window's stage.</param>
    /// <param name="value">The feature's value; of no matter when the limit is another stage's.</param>
    public bool Allows(int stage, int value) =>
        (Stage is { } limited && limited != stage) || (value <= (Highest ?? int.MaxValue) && value >= (Lowest ?? int.MinValue));
}

/// <summary>How the model came to be. Free of dates, paths and user names.</summary>
public sealed record TrainingManifest
{
    /// <summary>One entry a data set, as its import produced it.</summary>
    public required IReadOnlyList<DataManifest> Data { get; init; }

    /// <summary>How people were divided, in words: "official", "by subject, every fourth", "time blocks of one person".</summary>
    public required string Split { get; init; }

    /// <summary>People the model was trained on.</summary>
    public required IReadOnlyList<string> TrainSubjects { get; init; }

    /// <summary>People it was tested on and never saw before.</summary>
    public required IReadOnlyList<string> TestSubjects { get; init; }

    /// <summary>Seed of every random choice.</summary>
    public required int Seed { get; init; }

    /// <summary>The command that makes it again.</summary>
    public required string Command { get; init; }

    /// <summary>Scores it reached, for example "test accuracy" → 0.958.</summary>
    public required IReadOnlyDictionary<string, double> Scores { get; init; }
}

/// <summary>
/// Size of what was learned: 12 bytes a tree node (splits and leaves of the gate and of score trees), 2 bytes a weight, 4 bytes a bias.
/// The rule is the same for every kind of model; the code's true size is that of the compiled assembly.
/// </summary>
/// <param name="Nodes">Nodes of the gate and of all score trees, splits and leaves alike; a gate of a single leaf has none.</param>
/// <param name="Weights">Weights of linear stages.</param>
/// <param name="Biases">Starts of sums, of linear and tree stages.</param>
internal sealed record ModelSize(int Nodes, int Weights, int Biases)
{
    /// <summary>Bytes of a node: what one costs as nested if/else in a nanoFramework assembly.</summary>
    public const int BytesPerNode = 12;

    /// <summary>Bytes of a 16-bit weight.</summary>
    public const int BytesPerWeight = 2;

    /// <summary>Bytes of a bias.</summary>
    public const int BytesPerBias = 4;

    /// <summary>Bytes by the rule above.</summary>
    public int Bytes => Nodes * BytesPerNode + Weights * BytesPerWeight + Biases * BytesPerBias;

    /// <summary>Counts a model.</summary>
    public static ModelSize Of(FixedPointModel model)
    {
        var linear = model.Stages.OfType<LinearStage>().ToList();
        return new ModelSize(
            (model.Gate.Count > 1 ? model.Gate.Count : 0) + model.Stages.Sum(stage => stage.ScoreTrees.Sum(tree => tree.Nodes.Count)),
            linear.Sum(stage => stage.Weights.Sum(row => row.Count)),
            linear.Sum(stage => stage.Bias.Count) + model.Stages.OfType<TreeStage>().Sum(stage => stage.Bias.Count));
    }
}

/// <summary>
/// Which features (positions in the model's own list) are computed when: those of the gate and of the unknown rule's common limits for
/// every window, those of a stage and its limits only when the gate chose it.
/// </summary>
internal sealed class ModelSlots
{
    private readonly int[][] ofStage;

    /// <summary>Reads the uses of features out of a model.</summary>
    public ModelSlots(FixedPointModel model)
    {
        var always = new SortedSet<int>(model.Unknown.Limits.Where(limit => limit.Stage is null).Select(limit => limit.Feature));
        always.UnionWith(model.Gate.Where(node => node.Stage < 0).Select(node => node.Feature));
        Always = [.. always];
        ofStage =
        [
            .. model.Stages.Select((stage, index) => OfStage(stage)
                .Concat(model.Unknown.Limits.Where(limit => limit.Stage == index).Select(limit => limit.Feature))
                .Where(slot => !always.Contains(slot)).Distinct().Order().ToArray()),
        ];
    }

    /// <summary>Slots computed for every window, ascending.</summary>
    public IReadOnlyList<int> Always { get; }

    /// <summary>Slots a stage computes beyond <see cref="Always"/>, ascending.</summary>
    public IReadOnlyList<int> BeyondAlways(int stage) => ofStage[stage];

    private static IEnumerable<int> OfStage(Stage stage)
    {
        var inputs = stage is LinearStage linear ? linear.Inputs.Select(input => input.Feature) : [];
        return inputs.Concat(stage.ScoreTrees.SelectMany(tree => tree.Nodes).Where(node => node.Feature >= 0).Select(node => node.Feature));
    }
}
