using HarEdge.Core;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Distillation;

/// <summary>
/// A form of compact model and the way to learn it from a teacher. A student is stateless: everything it needs is in the input,
/// and the same input gives the same model, bit for bit.
/// </summary>
internal abstract class Student
{
    /// <summary>
    /// A form this share of windows behind another on some of the people need not be tried on the others: two that are equally good differ
    /// by about half of it.
    /// </summary>
    internal const double HopelesslyBehind = 0.02;

    /// <summary>Name for tables and metrics, such as "boosted trees".</summary>
    public abstract string Kind { get; }

    /// <summary>Learns a model that keeps to the input's budget.</summary>
    /// <exception cref="InputException">The rows cannot teach a model (a single class, no row), or nothing fits the budget.</exception>
    public abstract DistilledStudent Distil(DistillationInput input);
}

/// <summary>A learned student.</summary>
/// <param name="Model">
/// The integer model, without unknown rule, temporal filter, manifest and id: those are decided later. Its confidence steps hold
/// the share of training windows it got right; calibration replaces them.
/// </param>
/// <param name="FixedPointAgreement">Share of the training windows, 0 to 1, on which the integer model and the model in
/// floating point it was rounded from name the same class.</param>
internal sealed record DistilledStudent(FixedPointModel Model, double FixedPointAgreement);

/// <summary>What a student learns from.</summary>
internal sealed record DistillationInput
{
    /// <summary>Training windows. Rows with label −1 are learned from the teacher alone.</summary>
    public required WindowTable Table { get; init; }

    /// <summary>The feature in each column of the table.</summary>
    public required IReadOnlyList<Feature> Features { get; init; }

    /// <summary>Rows × classes probabilities by a teacher that never saw the row's wearer; each row sums to 1.</summary>
    public required float[][] SoftLabels { get; init; }

    /// <summary>Weight of each row, above 0; null counts every row alike.</summary>
    public float[]? Weights { get; init; }

    /// <summary>Instructions of features with shared work apart; null prices nothing.</summary>
    public FeaturePrices? Prices { get; init; }

    /// <summary>Free features: columns computed for every window anyway, as by the unknown rule; the work they share with others is paid.</summary>
    public IReadOnlyList<int> Free { get; init; } = [];

    /// <summary>Excluded features: columns that must not be used.</summary>
    public IReadOnlySet<int> Excluded { get; init; } = new HashSet<int>();

    /// <summary>Share of the teacher in the target, 0 (labels only) to 1 (teacher only).</summary>
    public double DistillationWeight { get; init; } = 0.5;

    /// <summary>The teacher's logarithms are divided by this before use: above 1 softens, below 1 sharpens.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>What the model may cost.</summary>
    public required StudentBudget Budget { get; init; }

    /// <summary>Seed of every random choice.</summary>
    public required int Seed { get; init; }

    /// <summary>What the windows are made of; goes into the model as it is.</summary>
    public required SignalSettings Signal { get; init; }

    /// <summary>Told now and then how much is done, 0 to 1, roughly; also from several threads.</summary>
    public Action<double>? Progress { get; init; }

    /// <summary>Number of classes.</summary>
    public int ClassCount => Table.Classes.Count;

    /// <summary>The same training windows, only those of <paramref name="rows"/>.</summary>
    public DistillationInput Select(IReadOnlyList<int> rows) => this with
    {
        Table = Table.Select(rows),
        SoftLabels = [.. rows.Select(row => SoftLabels[row])],
        Weights = Weights is null ? null : [.. rows.Select(row => Weights[row])],
    };

    /// <summary>
    /// IL instructions a window that a set of distinct columns adds to the free ones, shared work once; no budget suffices for an excluded one.
    /// </summary>
    public double PriceOf(IReadOnlyCollection<int> columns) => columns.Any(Excluded.Contains)
        ? double.PositiveInfinity
        : Prices is null ? 0 : Prices.Of([.. Free.Union(columns)]) - Prices.Of(Free);
}

/// <summary>What a student may cost. Every limit holds on its own.</summary>
/// <param name="Bytes">Model size as <see cref="ModelSize"/> counts it.</param>
/// <param name="Nodes">Splits and leaves over all trees, the gate included.</param>
/// <param name="Instructions">Price of the distinct features used, in IL instructions a window.</param>
internal sealed record StudentBudget(int Bytes = int.MaxValue, int Nodes = int.MaxValue, int Instructions = int.MaxValue)
{
    /// <summary>Nodes allowed by both the node and the byte limit when so many biases are needed besides.</summary>
    public int NodesBeside(int biases) => Math.Min(Nodes, Math.Max(0, Bytes - (biases * ModelSize.BytesPerBias)) / ModelSize.BytesPerNode);
}

/// <summary>What a window should be: the teacher's opinion, softened or sharpened, mixed with the label.</summary>
internal static class MixedTarget
{
    /// <summary>Mixes; the result sums to 1.</summary>
    /// <param name="teacher">The teacher's probability of each class, up to a common factor; at least one is above 0.</param>
    /// <param name="label">Index of the label among the classes; negative for a window that has only the teacher.</param>
    /// <param name="teacherShare">0 (label only) to 1 (teacher only).</param>
    /// <param name="temperature">The teacher's logarithms are divided by this: above 1 softens, below 1 sharpens.</param>
    internal static double[] Of(ReadOnlySpan<double> teacher, int label, double teacherShare, double temperature)
    {
        var mixed = new double[teacher.Length];
        var sum = 0.0;
        for (var c = 0; c < mixed.Length; c++)
        {
            mixed[c] = Math.Pow(teacher[c], 1 / temperature);
            sum += mixed[c];
        }

        var share = label < 0 ? 1 : teacherShare;
        for (var c = 0; c < mixed.Length; c++)
        {
            mixed[c] = (share * mixed[c] / sum) + (c == label ? 1 - share : 0);
        }

        return mixed;
    }
}
