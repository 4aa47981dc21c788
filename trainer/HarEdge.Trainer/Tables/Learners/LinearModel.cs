using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Teachers;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace HarEdge.Trainer.Tables.Learners;

/// <summary>A linear discriminant of standardized columns, its covariance shrunk the more, the fewer rows there are for it.</summary>
internal sealed class DiscriminantLearner(double? shrinkage = null) : TableLearner
{
    /// <inheritdoc/>
    public override string Name => "linear discriminant";

    /// <inheritdoc/>
    public override TrainedLearner Learn(float[][] columns, int[] labels, int classes, int seed, CancellationToken cancellation)
    {
        var scaling = ValueScaling.Of(columns);
        var scaled = scaling.Apply(columns);

        // A covariance of d columns has d²/2 numbers; with fewer rows than columns most of them are chance.
        var amount = shrinkage ?? Math.Clamp((double)scaled.Length / (scaled.Length + labels.Length), 0.02, 0.9);
        var found = LinearDiscriminant.Fit(scaled, labels, classes, amount);
        return new LinearModel(
            TableLearnerKind.Linear, scaling, [.. found.Weights.Select(row => Array.ConvertAll(row, weight => (float)weight))], [.. found.Bias.Select(bias => (float)bias)]);
    }
}

/// <summary>Multinomial logistic regression over standardized columns, by ML.NET's limited-memory BFGS.</summary>
internal sealed class LogisticLearner(double? penalty = null) : TableLearner
{
    private const int MostIterations = 150;
    private const float Never = -1e6f;

    /// <inheritdoc/>
    public override string Name => "logistic regression";

    /// <inheritdoc/>
    public override TrainedLearner Learn(float[][] columns, int[] labels, int classes, int seed, CancellationToken cancellation)
    {
        var scaling = ValueScaling.Of(columns);
        var rows = scaling.ApplyToRows(columns);
        var present = new PresentClasses(labels, classes);
        var context = new MLContext(seed);
        var view = WindowRow.View(context, [.. rows.Select((values, row) => new WindowRow { Features = values, Label = present.NumberOf(labels[row]) })], rows[0].Length, present.Count);
        cancellation.ThrowIfCancellationRequested();
        var trained = context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            LabelColumnName = nameof(WindowRow.Label),
            L1Regularization = 0,
            L2Regularization = (float)(penalty ?? Math.Clamp(rows.Length / 700.0, 1, 10)),
            MaximumNumberOfIterations = MostIterations,
            NumberOfThreads = 1,
        }).Fit(view).Model;
        VBuffer<float>[] found = [];
        trained.GetWeights(ref found, out _);
        var biases = trained.GetBiases().ToArray();
        var weights = new float[classes][];
        var bias = new float[classes];
        for (var c = 0; c < classes; c++)
        {
            var number = Array.IndexOf(labels, c) < 0 ? -1 : (int)present.NumberOf(c);
            weights[c] = number < 0 ? new float[rows[0].Length] : [.. found[number].DenseValues()];
            bias[c] = number < 0 ? Never : biases[number];
        }

        return new LinearModel(TableLearnerKind.Logistic, scaling, weights, bias);
    }
}

/// <summary>Linear scores of standardized columns.</summary>
internal sealed class LinearModel(TableLearnerKind kind, ValueScaling scaling, float[][] weights, float[] bias) : TrainedLearner
{
    /// <inheritdoc/>
    public override TableLearnerKind Kind => kind;

    /// <summary>How values are scaled before they are weighed.</summary>
    public ValueScaling Scaling => scaling;

    /// <summary>Classes × scaled columns.</summary>
    public IReadOnlyList<float[]> Weights => weights;

    /// <summary>One for each class.</summary>
    public IReadOnlyList<float> Bias => bias;

    /// <inheritdoc/>
    public override ClassScores Score(float[][] columns)
    {
        var rows = scaling.ApplyToRows(columns);
        var scores = new ClassScores(rows.Length, bias.Length);
        Parallel.For(0, rows.Length, row =>
        {
            for (var c = 0; c < bias.Length; c++)
            {
                scores[row][c] = bias[c] + (double)InnerProducts.Product(rows[row], weights[c]);
            }
        });
        return scores;
    }

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
        scaling.Write(writer);
        writer.WriteArray(bias);
        foreach (var row in weights)
        {
            writer.WriteArray(row);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static LinearModel ReadFrom(TableLearnerKind kind, BinaryReader reader)
    {
        var scaling = ValueScaling.Read(reader);
        var bias = reader.ReadFloats();
        return new LinearModel(kind, scaling, [.. bias.Select(_ => reader.ReadFloats())], bias);
    }
}
