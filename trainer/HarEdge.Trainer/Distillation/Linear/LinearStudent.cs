using HarEdge.Trainer.Cost;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;
using MathNet.Numerics.LinearAlgebra;

namespace HarEdge.Trainer.Distillation.Linear;

/// <summary>
/// The gate with fixed-point linear leaves: one comparison sends a window to the specialist of its half of the classes; the
/// specialist's few features are selected for how well they carry over to other people, per instruction.
/// </summary>
/// <param name="settings">How it selects and fits; null takes the defaults.</param>
internal sealed class LinearStudent(LinearSettings? settings = null) : Student
{
    private const int TimeBlocksOfOnePerson = 4;

    // A class joins the other side's specialist when at least this share of that side's windows are its strays.
    private const double StrayShare = 0.005;

    // Of each class of the side, for the teacher.
    private const double LeastProbability = 1e-6;

    private readonly LinearSettings settings = settings ?? new LinearSettings();

    /// <inheritdoc/>
    public override string Kind => "linear";

    /// <inheritdoc/>
    public override DistilledStudent Distil(DistillationInput input)
    {
        var table = input.Table;
        var columns = Enumerable.Range(0, table.Columns).Where(column => !input.Excluded.Contains(column)).ToArray();
        double PriceOf(int column) => input.Prices?.Marginal(column, input.Free) ?? 0;
        var gate = settings.UsesGate ? GateSearch.Find(table, columns, PriceOf) : null;
        var sides = gate is null
            ? [new Side("all", [.. Enumerable.Range(0, table.Rows)])]
            : SidesOf(table, gate);
        var model = new ModelAssembly(input);
        if (gate is not null)
        {
            model.Slot(gate.Column);
        }

        var agreements = new List<(int Windows, double Agreement)>();
        foreach (var side in sides)
        {
            var before = (double)agreements.Count / sides.Count;
            var fitted = FitSide(input with { Progress = done => input.Progress?.Invoke(before + (done / sides.Count)) }, side, gate, sides.Count, PriceOf);
            agreements.Add((side.Rows.Count, model.Add(side.Name, fitted)));
        }

        var windows = agreements.Sum(a => a.Windows);
        return new DistilledStudent(model.Build(gate), agreements.Sum(a => a.Agreement * a.Windows) / windows);
    }

    private static List<Side> SidesOf(WindowTable table, GateSplit gate)
    {
        var left = new List<int>();
        var right = new List<int>();
        for (var row = 0; row < table.Rows; row++)
        {
            (table.Features[row * table.Columns + gate.Column] <= gate.Threshold ? left : right).Add(row);
        }

        return [new Side("low", left), new Side("high", right)];
    }

    private FittedSide FitSide(DistillationInput input, Side side, GateSplit? gate, int sideCount, Func<int, double> priceOf)
    {
        var table = input.Table;
        var classes = ClassesOf(table, side, gate);
        var rows = side.Rows.Where(row => classes.Contains(table.Labels[row])).ToArray();
        if (rows.Length == 0 || classes.Count < 2)
        {
            return new FittedSide(classes.Count == 0 ? [0] : classes, rows, [], [], null, null);
        }

        var columns = Enumerable.Range(0, table.Columns).ToArray();
        var transforms = input.Features.Select(FeatureTransforms.Of).ToArray();
        var stride = Math.Max(1, rows.Length / settings.RowsForSelection);
        var judged = rows.Where((_, i) => i % stride == 0).ToArray();
        var all = DesignMatrix.Fit(table, judged, columns, transforms);
        var selection = new FeatureSelection(
            all.Values,
            TargetsOf(input, judged, classes),
            GroupsOf(table, judged, input.Seed),
            WeightsOf(input, judged),
            settings.Halvings,
            settings.SelectionPenalty,
            input.Seed);
        var paid = gate is null ? 0 : priceOf(gate.Column);
        int[] free = gate is null ? [.. input.Free] : [gate.Column, .. input.Free];
        var chosen = selection.Select(
            [],
            [.. columns.Where(column => all.Deviations[column] > 0 && !input.Excluded.Contains(column))],
            sofar =>
            {
                var marginal = input.Prices?.MarginalTo([.. sofar, .. free]);
                return column => ModelPrice.LinearInput + (marginal?.Invoke(column) ?? 0);
            },
            input.Budget.Instructions - paid,
            MostFeatures(input.Budget, classes.Count, sideCount),
            input.Progress).ToArray();
        var chosenTransforms = chosen.Select(column => transforms[column]).ToArray();
        var design = DesignMatrix.Fit(table, rows, chosen, chosenTransforms);
        var weights = StageWeights.Fit(design.Values, TargetsOf(input, rows, classes), WeightsOf(input, rows), settings);
        return new FittedSide(classes, rows, chosen, chosenTransforms, design, weights);
    }

    private static double[] WeightsOf(DistillationInput input, int[] rows) =>
        Array.ConvertAll(rows, row => (double)(input.Weights?[row] ?? 1));

    // People; of a single person blocks of time.
    private static int[] GroupsOf(WindowTable table, int[] rows, int seed)
    {
        if (rows.Any(row => table.SubjectOfRow[row] != table.SubjectOfRow[rows[0]]))
        {
            return Array.ConvertAll(rows, row => table.SubjectOfRow[row]);
        }

        var selected = table.Select(rows);
        var blocks = new CrossFitFolds(selected, TimeBlocksOfOnePerson, seed);
        return [.. Enumerable.Range(0, rows.Length).Select(i => blocks.FoldOf(selected, i))];
    }

    private static int MostFeatures(StudentBudget budget, int classes, int sides)
    {
        // Weights and the features' numbers must fit: 255 locals and arguments are the device's limit, far above what pays.
        long perSide = (budget.Bytes - (sides > 1 ? 3 * ModelSize.BytesPerNode : 0)) / sides - classes * ModelSize.BytesPerBias;
        return (int)Math.Clamp(perSide / (ModelSize.BytesPerWeight * classes), 1, 255);
    }

    private static List<int> ClassesOf(WindowTable table, Side side, GateSplit? gate)
    {
        var counts = new int[table.Classes.Count];
        foreach (var row in side.Rows)
        {
            if (table.Labels[row] >= 0)
            {
                counts[table.Labels[row]]++;
            }
        }

        bool Belongs(int c) => gate is null || gate.LeftClasses.Contains(c) == (side.Name == "low");
        var total = counts.Sum();
        return [.. Enumerable.Range(0, counts.Length).Where(c => counts[c] > 0 && (Belongs(c) || counts[c] >= StrayShare * total))];
    }

    // Labels and teacher mixed, the teacher tempered and limited to the classes of the side.
    private static Matrix<double> TargetsOf(DistillationInput input, int[] rows, List<int> classes)
    {
        var targets = Matrix<double>.Build.Dense(rows.Length, classes.Count);
        for (var i = 0; i < rows.Length; i++)
        {
            // A side may hold a window whose teacher thinks of the other side's classes only: the floor keeps the quotient a number.
            var soft = classes.Select(c => Math.Max(LeastProbability, input.SoftLabels[rows[i]][c])).ToArray();
            targets.SetRow(i, MixedTarget.Of(soft, classes.IndexOf(input.Table.Labels[rows[i]]), input.DistillationWeight, input.Temperature));
        }

        return targets;
    }

    private sealed record Side(string Name, List<int> Rows);
}

/// <summary>How a linear student selects its features and fits its weights.</summary>
internal sealed record LinearSettings
{
    /// <summary>Whether one comparison may send windows to specialists of half of the classes each.</summary>
    public bool UsesGate { get; init; } = true;

    /// <summary>Random halvings of the people on which features are judged; each is used both ways.</summary>
    public int Halvings { get; init; } = 8;

    /// <summary>Windows of a side the selection uses: neighbors overlap, and beyond a few thousand more cost time and teach it nothing.</summary>
    public int RowsForSelection { get; init; } = 3500;

    /// <summary>Ridge penalty per row while selecting; inputs are standardized.</summary>
    public double SelectionPenalty { get; init; } = 0.01;

    /// <summary>L2 penalty per row of the final fit's logistic regression.</summary>
    public double FitPenalty { get; init; } = 1e-3;

    /// <summary>Share of a linear discriminant in the final weights, 0 (logistic regression alone) to 1; see <see cref="StageWeights"/>.</summary>
    public double DiscriminantShare { get; init; } = 0.5;
}
