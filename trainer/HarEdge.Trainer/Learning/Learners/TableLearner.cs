namespace HarEdge.Trainer.Learning.Learners;

/// <summary>A recipe for a classifier of table rows; what it learned is in the <see cref="TrainedLearner"/>. The same rows and seed give the same bytes, whatever the number of cores.</summary>
internal abstract class TableLearner
{
    /// <summary>Name for tables, such as "random forest".</summary>
    public abstract string Name { get; }

    /// <summary>Learns.</summary>
    /// <param name="columns">Columns × rows, NaN where a value is missing; not changed.</param>
    /// <param name="labels">For each row its class.</param>
    /// <param name="classes">Number of classes; some may have no row.</param>
    /// <param name="seed">Seed of every random choice.</param>
    /// <param name="cancellation">Checked now and then.</param>
    public abstract TrainedLearner Learn(float[][] columns, int[] labels, int classes, int seed, CancellationToken cancellation);

    /// <summary>The learner of a name.</summary>
    public static TableLearner Of(TableLearnerKind kind) => kind switch
    {
        TableLearnerKind.Linear => new DiscriminantLearner(),
        TableLearnerKind.Logistic => new LogisticLearner(),
        TableLearnerKind.Svc => new SupportVectorLearner(),
        TableLearnerKind.Forest => new ForestLearner(isExtra: false),
        TableLearnerKind.ExtraTrees => new ForestLearner(isExtra: true),
        TableLearnerKind.LightGbm => new BoostingLearner(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

/// <summary>The learners for tables.</summary>
internal enum TableLearnerKind
{
    /// <summary>A linear discriminant.</summary>
    Linear,

    /// <summary>Logistic regression.</summary>
    Logistic,

    /// <summary>A support vector machine with the Gaussian kernel.</summary>
    Svc,

    /// <summary>A random forest.</summary>
    Forest,

    /// <summary>Extremely randomized trees.</summary>
    ExtraTrees,

    /// <summary>Gradient boosting.</summary>
    LightGbm,
}

/// <summary>A classifier of table rows that can be written and read back.</summary>
internal abstract class TrainedLearner : IDisposable
{
    /// <summary>Which kind it is, for the file.</summary>
    public abstract TableLearnerKind Kind { get; }

    /// <summary>Scores of every row: logarithms of probabilities up to a constant a row.</summary>
    /// <param name="columns">Columns × rows, NaN where missing.</param>
    public abstract ClassScores Score(float[][] columns);

    /// <summary>Writes what was learned.</summary>
    public abstract void Write(BinaryWriter writer);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static TrainedLearner Read(TableLearnerKind kind, BinaryReader reader) => kind switch
    {
        TableLearnerKind.Linear or TableLearnerKind.Logistic => LinearModel.ReadFrom(kind, reader),
        TableLearnerKind.Svc => SupportVectorModel.ReadFrom(reader),
        TableLearnerKind.Forest or TableLearnerKind.ExtraTrees => ForestModel.ReadFrom(kind, reader),
        TableLearnerKind.LightGbm => BoostingModel.ReadFrom(reader),
        _ => throw new InvalidDataException($"no learner {kind}"),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what is held outside of managed memory.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>Arrays in a model's bytes: a length and little-endian values.</summary>
internal static class BinaryArrays
{
    public static void WriteArray(this BinaryWriter writer, float[] values)
    {
        writer.Write(values.Length);
        foreach (var value in values)
        {
            writer.Write(value);
        }
    }

    public static float[] ReadFloats(this BinaryReader reader)
    {
        var values = new float[reader.ReadInt32()];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = reader.ReadSingle();
        }

        return values;
    }

    public static void WriteArray(this BinaryWriter writer, int[] values)
    {
        writer.Write(values.Length);
        foreach (var value in values)
        {
            writer.Write(value);
        }
    }

    public static int[] ReadInts(this BinaryReader reader)
    {
        var values = new int[reader.ReadInt32()];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = reader.ReadInt32();
        }

        return values;
    }
}
