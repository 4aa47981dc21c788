using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Teachers;

/// <summary>A linear discriminant over an embedding: what kernel machines and convolution teachers end in.</summary>
internal sealed class EmbeddedDiscriminant : TrainedTeacher
{
    private readonly IEmbedding embedding;
    private readonly ColumnStandardization standardization;
    private readonly LinearDiscriminant discriminant;

    /// <summary>Learns in closed form.</summary>
    /// <param name="embedding">Made from the same windows, or from nothing but a seed.</param>
    /// <param name="table">Labelled windows.</param>
    /// <param name="shrinkage">See <see cref="LinearDiscriminant.Fit"/>.</param>
    internal EmbeddedDiscriminant(IEmbedding embedding, WindowTable table, double shrinkage)
    {
        this.embedding = embedding;
        var columns = embedding.Columns(table);
        standardization = new ColumnStandardization(columns);
        standardization.Apply(columns);
        discriminant = LinearDiscriminant.Fit(columns, table.Labels, table.Classes.Count, shrinkage);
    }

    /// <inheritdoc/>
    public override ClassScores Score(WindowTable table)
    {
        var columns = embedding.Columns(table);
        standardization.Apply(columns);
        return discriminant.Score(columns);
    }
}

/// <summary>Turns windows into columns of numbers in a space in which a linear rule does well.</summary>
internal interface IEmbedding
{
    /// <summary>Columns × rows, the caller's to change.</summary>
    float[][] Columns(WindowTable table);
}

/// <summary>Brings columns to mean 0 and standard deviation 1 over the rows it was measured on.</summary>
internal sealed class ColumnStandardization
{
    // Below this share of a column's mean a deviation is rounding, not information.
    private const double LeastDeviation = 1e-6;

    private readonly float[] means;
    private readonly float[] inverseDeviations;

    /// <summary>Measures columns × rows.</summary>
    internal ColumnStandardization(float[][] columns)
    {
        means = new float[columns.Length];
        inverseDeviations = new float[columns.Length];
        Parallel.For(0, columns.Length, column =>
        {
            var values = columns[column];
            var sum = 0.0;
            foreach (var value in values)
            {
                sum += value;
            }

            var mean = sum / values.Length;
            var squares = 0.0;
            foreach (var value in values)
            {
                squares += (value - mean) * (value - mean);
            }

            var deviation = Math.Sqrt(squares / values.Length);
            means[column] = (float)mean;
            inverseDeviations[column] = deviation > LeastDeviation * Math.Abs(mean) ? (float)(1 / deviation) : 0;
        });
    }

    /// <summary>Standardizes columns in place; one that was constant when it was measured becomes 0.</summary>
    internal void Apply(float[][] columns) => Parallel.For(0, columns.Length, column =>
    {
        var values = columns[column];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = (values[row] - means[column]) * inverseDeviations[column];
        }
    });
}

/// <summary>Normally distributed numbers from a seed (Box and Muller, 1958).</summary>
internal sealed class NormalNumbers(Random random)
{
    /// <summary>The next number of mean 0 and standard deviation 1.</summary>
    internal double Next() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

/// <summary>
/// A linear discriminant over all features, energies as logarithms. On people never seen it is the best single teacher for
/// windows of these features, and it is learned in about a second.
/// </summary>
/// <param name="transforms">One for each column, see <see cref="FeatureTransforms"/>.</param>
/// <param name="shrinkage">
/// How far the covariance is drawn towards a sphere, 0 to below 1: little separates postures, much separates gaits.
/// </param>
internal sealed class LinearTeacher(IReadOnlyList<InputTransform> transforms, double shrinkage = LinearTeacher.Little) : Teacher
{
    /// <summary>Shrinkage that did best over all six activities in cross-validation over HAPT's training people.</summary>
    public const double Little = 0.03;

    /// <summary>Shrinkage that did best for the three gaits there.</summary>
    public const double Much = 0.6;

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"linear discriminant, shrinkage {shrinkage}");

    /// <inheritdoc/>
    protected override TrainedTeacher Learn(WindowTable table, int seed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(table);
        var scaling = new ColumnScaling(table, transforms);
        var columns = scaling.ScaleColumns(table);
        return new Trained(scaling, LinearDiscriminant.Fit(columns, table.Labels, table.Classes.Count, shrinkage));
    }

    private sealed class Trained(ColumnScaling scaling, LinearDiscriminant discriminant) : TrainedTeacher
    {
        public override ClassScores Score(WindowTable table) => discriminant.Score(scaling.ScaleColumns(table));
    }
}

/// <summary>
/// A kernel machine: a linear discriminant over random Fourier features of all scaled features. It bends the borders a linear
/// discriminant draws straight. Settings by cross-validation over HAPT's training people.
/// </summary>
/// <param name="transforms">One for each column.</param>
internal sealed class FourierTeacher(IReadOnlyList<InputTransform> transforms) : Teacher
{
    private const int FewestColumns = 64;
    private const int MostColumns = 1500;
    private const double SpreadRadians = 0.5;
    private const double Shrinkage = 0.1;

    /// <inheritdoc/>
    public override string Name => "kernel machine, random Fourier features";

    /// <inheritdoc/>
    protected override TrainedTeacher Learn(WindowTable table, int seed, CancellationToken cancellation)
    {
        // More columns than windows cost time and tell nothing.
        var embedding = new RandomFourierFeatures(table, transforms, Math.Clamp(table.Rows, FewestColumns, MostColumns), SpreadRadians, seed);
        cancellation.ThrowIfCancellationRequested();
        return new EmbeddedDiscriminant(embedding, table, Shrinkage);
    }
}

/// <summary>
/// cos(w·x + b) of scaled features x with random normal w and uniform b: inner products of such columns approximate the Gaussian
/// kernel (Rahimi and Recht, Random Features for Large-Scale Kernel Machines, 2007).
/// </summary>
internal sealed class RandomFourierFeatures : IEmbedding
{
    // A tile of rows stays in the second-level cache while every direction passes by: 64 rows of 1,000 features are 256 kB.
    private const int TileRows = 64;

    private readonly ColumnScaling scaling;
    private readonly float[][] directions;
    private readonly float[] phases;

    /// <summary>Draws directions, all scaled by one factor so that w·x has a given spread over the windows.</summary>
    /// <param name="table">Windows of training people.</param>
    /// <param name="transforms">One for each column of the table.</param>
    /// <param name="count">Columns to make.</param>
    /// <param name="spread">Standard deviation of w·x in radians: small bends little (nearly linear), large tells only near neighbors alike.</param>
    /// <param name="seed">Seed of the directions.</param>
    internal RandomFourierFeatures(WindowTable table, IReadOnlyList<InputTransform> transforms, int count, double spread, int seed)
    {
        scaling = new ColumnScaling(table, transforms);
        var random = new Random(seed);
        var normal = new NormalNumbers(random);
        directions = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, table.Columns).Select(_ => (float)normal.Next()).ToArray())];
        phases = [.. Enumerable.Range(0, count).Select(_ => (float)(2 * Math.PI * random.NextDouble()))];
        var columns = scaling.ScaleColumns(table);

        // Scaled columns have a variance of 1, or of 0 where they never vary: that of w·x is the number of the former on average.
        var varying = columns.Count(column => Array.Exists(column, value => value != 0));
        var factor = (float)(spread / Math.Sqrt(Math.Max(1, varying)));
        foreach (var direction in directions)
        {
            for (var i = 0; i < direction.Length; i++)
            {
                direction[i] *= factor;
            }
        }
    }

    /// <inheritdoc/>
    public float[][] Columns(WindowTable table)
    {
        var scaled = scaling.ScaleColumns(table);
        var columns = directions.Select(_ => new float[table.Rows]).ToArray();
        Parallel.For(0, (table.Rows + TileRows - 1) / TileRows, tile =>
        {
            var first = tile * TileRows;
            var rows = new float[Math.Min(TileRows, table.Rows - first)][];
            for (var row = 0; row < rows.Length; row++)
            {
                rows[row] = new float[scaled.Length];
                for (var feature = 0; feature < scaled.Length; feature++)
                {
                    rows[row][feature] = scaled[feature][first + row];
                }
            }

            for (var column = 0; column < columns.Length; column++)
            {
                for (var row = 0; row < rows.Length; row++)
                {
                    columns[column][first + row] = MathF.Cos(InnerProducts.Product(rows[row], directions[column]) + phases[column]);
                }
            }
        });
        return columns;
    }
}
