using HarEdge.Trainer.Cost;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Distillation;

/// <summary>What a student learns from.</summary>
internal sealed record DistillationInput
{
    /// <summary>Training windows. Rows with label −1 are learned from the teacher alone.</summary>
    public required WindowTable Table { get; init; }

    /// <summary>Name of each column of the table, as FeatureLayout has it.</summary>
    public required IReadOnlyList<string> FeatureNames { get; init; }

    /// <summary>Rows × classes probabilities by a teacher that never saw the row's wearer; each row sums to 1.</summary>
    public required float[][] SoftLabels { get; init; }

    /// <summary>Weight of each row, above 0; null counts every row alike.</summary>
    public float[]? Weights { get; init; }

    /// <summary>Instructions of features with shared work apart; null prices nothing.</summary>
    public FeaturePrices? Prices { get; init; }

    /// <summary>Columns computed for every window anyway, as by the unknown rule: the work they share with others is paid.</summary>
    public IReadOnlyList<int> Present { get; init; } = [];

    /// <summary>Columns that must not be used.</summary>
    public IReadOnlySet<int> LeftOut { get; init; } = new HashSet<int>();

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

    /// <summary>Where gravity points on a standing wearer, as Tilt.Pack gives it; 0 where nothing is measured from it.</summary>
    public int Upright { get; init; }

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
    /// IL instructions a window that a set of distinct columns adds to those present, shared work once; no budget suffices for a column left out.
    /// </summary>
    public double PriceOf(IReadOnlyCollection<int> columns) => columns.Any(LeftOut.Contains)
        ? double.PositiveInfinity
        : Prices is null ? 0 : Prices.Of([.. Present.Union(columns)]) - Prices.Of(Present);
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
