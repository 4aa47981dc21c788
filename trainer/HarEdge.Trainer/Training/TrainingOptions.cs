using HarEdge.Core;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Distillation;
using HarEdge.Trainer.Distillation.Linear;
using HarEdge.Trainer.Distillation.Trees;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Teachers;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training;

/// <summary>Everything a training run depends on: same options and same data give the same bytes.</summary>
public sealed record TrainingOptions
{
    /// <summary>One or more data sets; classes are mapped by name, people stay apart.</summary>
    public required IReadOnlyList<DataSet> Data { get; init; }

    /// <summary>Classes to learn; null takes every data set's default classes.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>People held back for the test as "subject" or "data set/subject"; null takes the official split, or else a third of the people of each set.</summary>
    public IReadOnlyList<string>? TestSubjects { get; init; }

    /// <summary>Seed of every random choice.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Samples in a window: 64, 128 or 256.</summary>
    public int WindowSamples { get; init; } = 128;

    /// <summary>Samples from one decision to the next on the device.</summary>
    public int HopSamples { get; init; } = 64;

    /// <summary>Whom the student learns from.</summary>
    public TeacherChoice Teacher { get; init; } = TeacherChoice.Auto;

    /// <summary>Which student to distil; Auto keeps the one that does best in cross-validation on training people.</summary>
    public StudentChoice Student { get; init; } = StudentChoice.Auto;

    /// <summary>How the student is made of its teacher and its windows.</summary>
    internal StudentRecipe Recipe { get; init; } = new();

    /// <summary>Most bytes of the model: 12 a tree node, 2 a weight.</summary>
    public int MostBytes { get; init; } = 2048;

    /// <summary>Most interpreted instructions per decision, by the feature prices.</summary>
    public int MostInstructions { get; init; } = 50_000;

    /// <summary>
    /// Share of known windows the model answers, above 0 to 1: below 1 it says unknown where it is least sure, by margins chosen on training
    /// people it was not trained on.
    /// </summary>
    public double Coverage { get; init; } = 1;

    /// <summary>
    /// Turn every recording as the device's wear calibration would, for a model that expects a calibrated wearer; its scores are
    /// those of people who stood still for three seconds first. Null does so where recordings have no gyroscope and most of those to learn from
    /// could be turned: gravity's direction alone tells sitting from standing then.
    /// </summary>
    public bool? WearCalibration { get; init; }

    /// <summary>
    /// Whom to make a personal model for, as "data set/subject": it learns from that person's earlier time and as much of everybody else as
    /// blocks of that time say, and is tested on the later time. Null makes a model for people in general.
    /// </summary>
    public string? Wearer { get; init; }

    /// <summary>The command line that repeats this run, without machine paths; goes into the manifest and the generated header.</summary>
    public required string Command { get; init; }

    /// <summary>The sensor range that the counts of all data sets have.</summary>
    /// <exception cref="InputException">They differ.</exception>
    internal SensorRange Range => Data.FirstOrDefault(set => set.Range != Data[0].Range) is { } other
        ? throw new InputException(
            $"{Data[0].Name} and {other.Name} are in counts of different sensor ranges.", "Read them with the same --accel-range and --gyro-range.", exitCode: 2)
        : Data[0].Range;

    /// <summary>Whether the recordings have a gyroscope.</summary>
    /// <exception cref="InputException">Some have one and others have none (exit code 2).</exception>
    internal bool HasGyroscope
    {
        get
        {
            var without = Data.SelectMany(set => set.Recordings).Where(recording => !recording.HasGyroscope).ToList();
            var all = Data.Sum(set => set.Recordings.Count);
            return without.Count == 0 || without.Count == all
                ? without.Count == 0
                : throw new InputException(
                    $"{without.Count} of {all} recordings have no gyroscope ({without[0].DataSet}: {without[0].Name}), the others have one.",
                    "Train on the accelerometer of all with --channels accel, or leave them out with --leave-out.",
                    exitCode: 2);
        }
    }

    /// <summary>What a student of these options learns from windows; weights are the caller's to add.</summary>
    /// <param name="layout">Features of the columns.</param>
    /// <param name="table">Windows.</param>
    /// <param name="softLabels">Of the teacher, or one for the label.</param>
    /// <param name="inContext">Whether the teacher labelled in temporal context.</param>
    /// <param name="prices">What each feature costs the device.</param>
    /// <param name="hasUnknownRule">Whether every window's features of the unknown rule are computed and paid for anyway.</param>
    internal DistillationInput DistillationOf(
        FeatureLayout layout, WindowTable table, float[][] softLabels, bool inContext, FeaturePrices prices, bool hasUnknownRule = true)
    {
        int[] free = !hasUnknownRule ? [] : [.. UnknownLimits.Features.Select(name => layout.Find(name).Index)];
        return new DistillationInput
        {
            Table = table,
            Features = [.. Enumerable.Range(0, layout.Count).Select(i => layout[i])],
            SoftLabels = softLabels,
            Prices = prices,
            Free = free,
            Excluded = Recipe.ExcludedColumns(layout, HasGyroscope),
            DistillationWeight = Recipe.ShareOf(inContext),
            Temperature = Recipe.Temperature,
            Budget = new StudentBudget(
                MostBytes, int.MaxValue, DecisionOverhead.InstructionsForFeatures(MostInstructions, table.Classes.Count, prices.Of(free))),
            Seed = Seed,
            Signal = new SignalSettings(WindowSamples, HopSamples, SensorScale.SampleRateHz, Range),
        };
    }
}

/// <summary>Form of the student.</summary>
public enum StudentChoice
{
    /// <summary>The better of Linear and Trees under the budget, by grouped cross-validation.</summary>
    Auto,

    /// <summary>A static/dynamic gate with a fixed-point linear stage on each side.</summary>
    Linear,

    /// <summary>A boosted ensemble with integer leaves.</summary>
    Trees,

    /// <summary>A forest with integer leaves.</summary>
    Forest,

    /// <summary>One decision tree.</summary>
    Tree,

    /// <summary>Linear, with trees that correct its scores where that helps.</summary>
    Mixed,
}

/// <summary>How a student is made of its teacher and its windows: all that a search may tune besides the budget and the window.</summary>
internal sealed record StudentRecipe
{
    /// <summary>Selection and fit of linear stages.</summary>
    public LinearSettings Linear { get; init; } = new();

    /// <summary>Further versions of the training recordings.</summary>
    public WearAugmentation Variation { get; init; } = new();

    /// <summary>Windows to learn from for each hop of the device: 2 cuts them at half its hop.</summary>
    public int WindowsPerHop { get; init; } = 2;

    /// <summary>Share in what the student learns of a teacher that labels each window by itself, where the teacher is better.</summary>
    public double DistillationWeight { get; init; } = 0.5;

    /// <summary>The same of a teacher that uses the windows before and after.</summary>
    public double DistillationWeightInContext { get; init; } = 0.7;

    /// <summary>Whether the teacher uses the windows before and after the one it labels, where that improves its labels.</summary>
    public bool InContext { get; init; } = true;

    /// <summary>Divides the teacher's logarithms: above 1 softens, below 1 sharpens.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Kernel families that are not used: names of the types in Core's Kernels, such as "Goertzel".</summary>
    public IReadOnlyList<string> WithoutKernels { get; init; } = [];

    /// <summary>What a form learns from best, by cross-validation on HAPT's training people: one tree needs more versions and less of the teacher.</summary>
    public static StudentRecipe Of(StudentChoice choice) => choice == StudentChoice.Tree
        ? new StudentRecipe { Variation = new() { Copies = 5 } }.WithDistillationWeight(0.4)
        : new StudentRecipe();

    /// <summary>This recipe with one share for any teacher.</summary>
    public StudentRecipe WithDistillationWeight(double share) => this with { DistillationWeight = share, DistillationWeightInContext = share };

    /// <summary>The share of a teacher.</summary>
    /// <param name="inContext">Whether it uses the windows before and after.</param>
    public double ShareOf(bool inContext) => inContext ? DistillationWeightInContext : DistillationWeight;

    /// <summary>A form of student by this recipe.</summary>
    /// <param name="choice">Any but Auto, which is a choice between two.</param>
    public Student FormOf(StudentChoice choice) => choice switch
    {
        StudentChoice.Linear => new LinearStudent(Linear),
        StudentChoice.Trees => new BoostedTreesStudent(),
        StudentChoice.Forest => new ForestStudent(),
        StudentChoice.Tree => new DecisionTreeStudent(),
        StudentChoice.Mixed => new MixedStudent(Linear),
        _ => throw new ArgumentOutOfRangeException(nameof(choice), choice, "no single form"),
    };

    /// <summary>The columns of a layout that <see cref="WithoutKernels"/> excludes, and without a gyroscope those that read it.</summary>
    public IReadOnlySet<int> ExcludedColumns(FeatureLayout layout, bool hasGyroscope) =>
        Enumerable.Range(0, layout.Count)
            .Where(i => WithoutKernels.Contains(layout[i].Kernel.Method.DeclaringType!.Name) || (!hasGyroscope && FixedPointModel.ReadsGyroscopeFeature(layout[i].Name)))
            .ToHashSet();
}
